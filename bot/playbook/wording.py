"""The fixed words: refusals in three sentences, and what cards and mails say again and again."""

from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from bot.playbook.section import Section, Text
from bot.playbook.templating import parse

_ENVIRONMENT = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False)


class Refusal(Section):
    """`bold` says what did not happen or whose it is; `rest` what stands, and the next step. In jinja2."""

    bold: Text
    rest: Text


class ParkedWords(Section):
    """Of a kind of effect: what it is, what happens when it is left out, and what undoes it, where something does."""

    what: Text
    skip: Text
    undo: str = ""
    undo_button: str = ""


def fill(text: str, values: dict[str, str] | None = None) -> str:
    """A missing name is an error; the values are put in as they are: who shows them escapes them."""
    return _compiled(text).render(values or {})


def flaw(text: str) -> str:
    """What is wrong with the template, or nothing."""
    try:
        parse(_ENVIRONMENT, text)
    except TemplateError as error:
        return str(error)
    return ""


def names(text: str) -> frozenset[str]:
    """The names that the text needs."""
    tree = parse(_ENVIRONMENT, text)
    return frozenset(name.name for name in tree.find_all(nodes.Name) if name.ctx == "load")


@lru_cache(maxsize=1_000)
def _compiled(text: str) -> Template:
    return _ENVIRONMENT.from_string(parse(_ENVIRONMENT, text))
