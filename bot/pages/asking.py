"""The page on which one of ours reads a request that came by mail, and decides it with a code."""

from dataclasses import dataclass, field

from jinja2 import DictLoader, Environment, StrictUndefined

from bot.figures.request_words import RequestWords
from bot.pages.asking_texts import PAGES
from bot.pages.style import CSP, CSS
from bot.playbook.schema import Playbook

__all__ = ["CSP", "Asking", "ended", "page", "record"]

_PAGES = Environment(loader=DictLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


@dataclass(frozen=True, slots=True)
class Asking:
    """`coded`: a code is on its way or there. `asked` is how many were sent. `flaw` says what was wrong with the last
    try, and `typed` keeps what was typed then, but for the code."""

    name: str
    words: RequestWords
    here: str
    coded: bool
    asked: int
    flaw: str = ""
    typed: dict[str, str] = field(default_factory=dict)


def page(asking: Asking, playbook: Playbook) -> str:
    rules = playbook.doors.code
    step = "code" if asking.words.mailable else "slack"
    return _PAGES.get_template(step).render(
        **_frame(playbook),
        asking=asking,
        words=asking.words,
        typed={"reason": "", "yes_if": "", **asking.typed},
        minutes=rules.minutes,
        digits=rules.digits,
    )


def record(words: RequestWords, playbook: Playbook) -> str:
    """What is kept of it: the request alone, without the forms."""
    return _PAGES.get_template("kept").render(**_frame(playbook), words=words)


def ended(bold: str, rest: str, playbook: Playbook) -> str:
    """Nothing is to be decided here, and why."""
    return _PAGES.get_template("ended").render(**_frame(playbook), bold=bold, rest=rest)


def _frame(playbook: Playbook) -> dict[str, object]:
    return {"css": CSS, "company": playbook.company, "contact": playbook.company.contact}
