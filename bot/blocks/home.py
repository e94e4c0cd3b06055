"""Home: what waits on me, by its deadline; my deals; my team's; and, for who may, the company's switches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.blocks import home_admin, home_deals, home_tasks, home_team
from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Block, Button, actions, context, divider, header, moment, section
from bot.blocks.home_admin import Admin
from bot.blocks.home_deals import MyDeal
from bot.blocks.home_team import Team
from bot.blocks.numbers import Numbers
from bot.blocks.people import Known
from bot.figures.pipeline import DealLine
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal
from bot.streams.person.person import Inbox, Person
from bot.streams.person.settings import settled

NOTHING = "Nothing waits on you"
MOST_BLOCKS = 100  # Slack's own limit of a view


@dataclass(frozen=True, slots=True)
class Page:
    """What there is to show one person at one moment. `team` is there for who has people that report to her,
    `admin` for who may stop a system."""

    person: Person
    tasks: Sequence[tuple[Deal, Inbox]]
    deals: Sequence[MyDeal]
    won: Sequence[DealLine]
    team: Team | None
    admin: Admin | None
    playbook: Playbook
    known: Known
    now: datetime
    first: bool = False
    feedback: Sequence[str] = ()  # how approvals are found, for who may override the policy

    @property
    def numbers(self) -> Numbers:
        """As this person wants figures written."""
        return Numbers(settled(self.person.wishes.preferences, self.playbook.notifications).numbers)


def view(page: Page) -> Block:
    """Never more than Slack takes: each part shows its first five and leads to the rest."""
    shown = [
        header(_title(page)),
        *(_welcome() if page.first else []),
        home_tasks.several(page.person, page.tasks, page.playbook),
        *home_tasks.blocks(page.person, page.tasks, page.numbers, page.now),
        *home_deals.blocks(page.person, page.deals, page.numbers, page.known),
        home_deals.won(page.won, page.numbers),
        *(home_team.blocks(page.person, page.team, page.numbers, page.known) if page.team else []),
        *(home_admin.blocks(page.admin, page.playbook, page.known, page.now) if page.admin else []),
        section(*page.feedback),
        divider(),
        _own(page.person),
        context(f"As of {moment(page.now)}"),
    ]
    return {"type": "home", "blocks": [block for block in shown if block is not None][:MOST_BLOCKS]}


def _title(page: Page) -> str:
    count = len(page.tasks)
    if count:
        return f"{count} thing{'s' if count != 1 else ''} wait{'s' if count == 1 else ''} on you"
    late = len(page.team.needs) if page.team else 0
    if late:
        return f"{late} of your team's deals need{'s' if late == 1 else ''} you"
    broken = home_admin.troubles(page.admin) if page.admin else 0
    return (
        f"{broken} connection{'s' if broken != 1 else ''} need{'s' if broken == 1 else ''} you" if broken else NOTHING
    )


def _welcome() -> list[Block | None]:
    return [
        section(
            "*Welcome.* I hear a customer's yes, draft the contract and take it to the last signature.",
            "I read only the channels that a deal was given; nothing leaves without a person's click.",
            "To stop me: Pause on a deal's card, or “countersign stop” in a shared channel.",
        )
    ]


def _lending(person: Person) -> list[Button]:
    """Only a decider's press opens the form; what is lent can be taken back by anybody who lent it."""
    lend = Button(ActionId.LEND_OPEN, "Lend my authority…", "Let others decide in my place for a while")
    back = Button(ActionId.LEND_BACK, "Take it back", "Take back all authority that I lent")
    return [lend, back] if person.lending.delegations else [lend]


def _own(person: Person) -> Block:
    return actions(
        Ref(stream_id=person.id, slot="own"),
        Button(ActionId.SETTINGS_OPEN, "Settings…", "How and when I tell you something"),
        Button(ActionId.AWAY_OPEN, "I am away…", "Say from when to when you are away"),
        *_lending(person),
        Button(ActionId.HELP_OPEN, "Help", "See what Countersign can do"),
    )
