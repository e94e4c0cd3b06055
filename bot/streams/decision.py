"""What a rule is given, and what it may answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, Protocol, TypeVar

from bot.playbook.company import Autonomy
from bot.playbook.permissions import Step
from bot.playbook.schema import Playbook
from bot.streams.busy import Busy
from bot.streams.effects import Effect
from bot.streams.ids import StreamId
from bot.streams.queues import Queue, Tempo
from bot.streams.value import Value

Choice = Literal["retry", "skip", "compensate"]
DecidedBy = Literal["slack", "mail"]  # the door by which a decision came


class Command(Value):
    stream_id: StreamId
    actor: str


class Fact(Value):
    """Append-only: a `kind` is never renamed or reused."""

    kind: str


@dataclass(frozen=True, slots=True)
class Given:
    """Authority that somebody lends: to a person, or to a user group after "group:", from the first to the last day,
    for deals up to the amount in minor units of each currency; no amounts: for all."""

    id: str
    to: str
    from_on: date
    until_on: date
    up_to: tuple[tuple[str, int], ...] = ()

    def covers(self, minor: int, currency: str, on: date) -> bool:
        limits = dict(self.up_to)
        within = not limits or minor <= limits.get(currency, -1)
        return within and self.from_on <= on <= self.until_on


@dataclass(frozen=True, slots=True)
class Pace:
    """Decisions of one rule by one person: how many, and the sums of their business minutes' natural logarithms and of
    these squared."""

    rule: str
    person: str
    count: int
    logs: float
    squares: float


@dataclass(frozen=True, slots=True)
class Weekday:
    """Of the newest decisions that were asked on this day (Monday is 0): how many, and the sum of how far the
    logarithm of each one's minutes lies above its rule's mean."""

    day: int
    count: int
    logs: float


@dataclass(frozen=True, slots=True)
class Reminded:
    """How often reminders told a person this, and after how many minutes she decided, where one led to that."""

    person: str
    tells: str
    sent: int
    minutes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of our people, by team:user id, with what waits on them at this moment. `away` are first and last days."""

    person: str
    stream_id: str
    name: str
    title: str
    email: str
    time_zone: str
    groups: frozenset[str]
    open_tasks: int
    accounts: int = 0
    away: tuple[tuple[date, date], ...] = ()
    gives: tuple[Given, ...] = ()

    def is_away(self, on: date) -> bool:
        return any(first <= on <= last for first, last in self.away)


@dataclass(frozen=True, slots=True)
class PastDeal:
    """`days` from opening to close; `discount` in basis points; `total` in minor units of `currency`; `months` of the
    term, `competitor`, and the topics that were put forward, with semicolons between, where somebody told; so are
    `became` a quarter later, the `way` to its last price (as_asked, or countered), and when it was `planned_at`."""

    id: str
    customer: str
    industry: str
    currency: str
    total: int
    discount: int
    payment_days: int
    won: bool
    days: int
    closed_on: str
    months: int = 0
    competitor: str = ""
    positioning: str = ""
    became: str = ""
    way: str = ""
    planned_at: str = ""


@dataclass(frozen=True, slots=True)
class PastOf:
    """How the deals of one industry ended; `begun` when there is any past deal at all, of whatever industry."""

    industry: str
    won: int
    lost: int
    begun: bool


@dataclass(frozen=True, slots=True)
class Demand:
    """Of the customer's other deals: `about` is a clause, the deal itself, own paper, or a document by its template;
    of a clause `asked` and `given` are rungs. `on` is an ISO day."""

    deal: str
    on: str
    about: str
    asked: str
    given: str
    signed: bool


@dataclass(frozen=True, slots=True)
class Objection:
    """How many of the industry's signed deals objected to a clause and signed this rung; about the deal itself, how
    many there are."""

    about: str
    given: str
    count: int


@dataclass(frozen=True, slots=True)
class NewsRead:
    """News of a competitor that its owner took, by the id of the stream that told it."""

    id: str
    card: str
    topic: str
    says: str
    audience: str
    source: str
    seen_on: date


@dataclass(frozen=True, slots=True)
class Stop:
    """`system` is a lane, or "all"."""

    system: str
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Switch:
    """An administrator's word on a step; `level` as the playbook has it: suggest, ask or act."""

    step: Step
    level: Autonomy
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reads:
    """What the command's row in the table names; the rest is empty. `past_deals` are the won ones most like the deal,
    and `past_of` is its industry's record: what a rule is shown does not grow with the company."""

    colleagues: tuple[Colleague, ...] = ()
    stops: tuple[Stop, ...] = ()
    autonomy: tuple[Switch, ...] = ()
    past_deals: tuple[PastDeal, ...] = ()
    past_of: tuple[PastOf, ...] = ()
    demands: tuple[Demand, ...] = ()
    objections: tuple[Objection, ...] = ()
    news: tuple[NewsRead, ...] = ()
    paces: tuple[Pace, ...] = ()
    reminded: tuple[Reminded, ...] = ()
    weekdays: tuple[Weekday, ...] = ()
    busy: tuple[Busy, ...] = ()
    tempos: tuple[Tempo, ...] = ()
    queues: tuple[Queue, ...] = ()

    def colleague(self, person: str) -> Colleague | None:
        return next((c for c in self.colleagues if c.person == person), None)


@dataclass(frozen=True, slots=True)
class Context:
    """`at` is when the fact happened, to the microsecond; `mint` hands out fresh ULIDs."""

    now: datetime
    playbook: Playbook
    groups: frozenset[str] = frozenset()
    reads: Reads = Reads()
    mint: Iterator[str] = iter(())


@dataclass(frozen=True, slots=True)
class Link:
    """`system` is the outside system and what the id names in it, such as slack.channel."""

    system: str
    foreign_id: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """At `due_at` the command is given. The same name again replaces it; no `command` takes it back."""

    name: str
    due_at: datetime | None = None
    command: Command | None = None


@dataclass(frozen=True, slots=True)
class HeardText:
    """A text of the outside, to be kept encrypted beside the facts and forgotten when its days are over."""

    id: str
    body: str
    keep: timedelta


@dataclass(frozen=True, slots=True)
class Release:
    """A parked effect is decided: tried again, or never. `fence` says which parking is meant."""

    key: str
    fence: int
    choice: Choice


@dataclass(frozen=True, slots=True)
class Accept:
    facts: tuple[Fact, ...]
    effects: tuple[Effect, ...] = ()
    links: tuple[Link, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    texts: tuple[HeardText, ...] = ()
    releases: tuple[Release, ...] = ()


@dataclass(frozen=True, slots=True)
class Refuse:
    """An expected no. The playbook words `reason`; `field` marks the input at fault."""

    reason: str
    field: str | None = None


Decision = Accept | Refuse
S = TypeVar("S", contravariant=True)
C = TypeVar("C", contravariant=True)


class Rule(Protocol[S, C]):
    def __call__(self, state: S, command: C, context: Context, /) -> Decision: ...


NOTHING = Accept(())
