"""To one of ours who is told by mail: what waits on her, with a link to each that may be opened. Nothing of the deal's
figures, and nothing that decides: mail is read anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.figures.request_words import moment
from bot.letters.letter import Letter, Row, written
from bot.playbook.schema import Playbook
from bot.streams.person.delivery import Chose
from bot.streams.person.person import Inbox, Profile

SHOWN = 5
OTHER_WHY: dict[Chose, str] = {"quickest": ".quickest", "exploring": ".exploring"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """`url` opens the request; empty for what is only in Slack. `rep` asked for it, where that is known."""

    item: Inbox
    url: str = ""
    rep: str = ""


def letter(profile: Profile, waiting: Sequence[Waiting], chose: Chose, playbook: Playbook) -> Letter:
    """`chose` is why it comes by mail."""
    company = playbook.company
    titles = [each.item.task.title for each in waiting]
    more = [f"and {len(titles) - SHOWN} more"] if len(titles) > SHOWN else []
    words = {
        "name": profile.name,
        "count": f"{len(titles)} request{'s' if len(titles) != 1 else ''}",
        "first": titles[0],
        "titles": "; ".join([*titles[:SHOWN], *more]),
    }
    rows = tuple(_row(each, playbook) for each in waiting if each.url)
    said = playbook.word("letter.requests" if rows else "letter.requests.slack", words)
    return written(
        playbook.word("letter.requests.subject", words),
        (
            playbook.word("letter.greeting", words),
            said,
            playbook.word(f"letter.requests.why{OTHER_WHY.get(chose, '')}"),
        ),
        f"https://slack.com/app_redirect?team={profile.user.partition(':')[0]}",
        playbook.word("letter.requests.open"),
        playbook.word("letter.foot", {"contact": company.contact, "company": company.legal_name}),
        rows,
    )


def _row(of: Waiting, playbook: Playbook) -> Row:
    task = of.item.task
    by_when = moment(task.by_when) if task.by_when else ""
    return playbook.word("letter.requests.row", {"title": task.title, "rep": of.rep, "by_when": by_when}), of.url
