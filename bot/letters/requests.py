"""To one of ours who chose mail: what waits on her. Nothing of the deal's figures: mail is read anywhere."""

from collections.abc import Sequence

from bot.letters.letter import Letter, written
from bot.playbook.schema import Playbook
from bot.streams.person.person import Inbox, Profile

SHOWN = 5


def letter(profile: Profile, waiting: Sequence[Inbox], playbook: Playbook) -> Letter:
    company = playbook.company
    titles = [item.task.title for item in waiting]
    more = [f"and {len(titles) - SHOWN} more"] if len(titles) > SHOWN else []
    words = {
        "name": profile.name,
        "count": f"{len(titles)} request{'s' if len(titles) != 1 else ''}",
        "first": titles[0],
        "titles": "; ".join([*titles[:SHOWN], *more]),
    }
    said = (playbook.word("letter.requests", words), playbook.word("letter.requests.why"))
    return written(
        playbook.word("letter.requests.subject", words),
        (playbook.word("letter.greeting", words), *said),
        f"https://slack.com/app_redirect?team={profile.user.partition(':')[0]}",
        playbook.word("letter.requests.open"),
        playbook.word("letter.foot", {"contact": company.contact, "company": company.legal_name}),
    )
