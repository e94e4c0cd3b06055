"""What an approver is given to decide by: past deals like this one, how likely the answers are to win it, what the
rules of experience say, and what follows from that."""

from datetime import date
from typing import Literal

from bot.streams.deal.offers import Chance
from bot.streams.money import BasisPoints, Money
from bot.streams.value import Value

Advice = Literal["approve", "counter", "open"]


class Precedent(Value):
    """By its id in Salesforce, without the customer's name: it belongs to another record. `likeness` of 10,000."""

    deal: str
    industry: str
    total: Money
    discount: BasisPoints
    payment_days: int
    months: int
    won: bool
    days: int
    closed_on: str
    likeness: BasisPoints
    then: str = ""  # the policy line that was another when it was decided


class Answer(Value):
    """One way to decide; `saves` is what it keeps of the total against what is asked, about."""

    says: str
    chance: Chance
    saves: Money | None = None


class Learnt(Value):
    """A practice of the playbook with the past deals behind it: `won` of `of` that kept to it, and of the others.
    `clear`: more than chance alone explains."""

    says: str
    won: int
    of: int
    others_won: int
    others: int
    clear: bool
    since: date
    owner: str
    low: int = 0  # of the difference, in basis points, where it is clear
    high: int = 0


class Afterwards(Value):
    """Of `of` such yeses whose deal is over, `kept` are as they were meant a quarter later; the bounds of the share in
    basis points, where there are enough to say."""

    of: int
    kept: int
    low: int | None = None
    high: int | None = None


class Support(Value):
    """Beside all requests of one rule. `advice` follows from `answers`: the first is what is asked."""

    rule: str
    precedents: tuple[Precedent, ...] = ()
    answers: tuple[Answer, ...] = ()
    learnt: tuple[Learnt, ...] = ()
    afterwards: Afterwards | None = None
    advice: Advice = "open"
