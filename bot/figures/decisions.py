"""One request that is over, as lists and forecasts read it."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.streams.deal.approvals import Way


@dataclass(frozen=True, slots=True)
class Decision:
    """People by team:user id. `asked` is whom the policy meant, `person` who decided; `lent` whose authority it was,
    when it was not her own; `moved` why it went to somebody else. `minutes` are business minutes, as it took and as it
    was `expected`; 0 expected: nobody said."""

    stream_id: str
    no: int
    rule: str
    role: str
    asked: str
    person: str
    way: Way
    moved: str
    lent: str
    asked_at: datetime
    at: datetime
    minutes: int
    expected: int
    low: int
    high: int
    yes: bool
    until_on: date | None
    customer: str = ""
    title: str = ""
    reason: str = ""
    became: str = ""  # a quarter later: kept, churned, paid_late, lost or open
    back_on: date | None = None  # when who was meant is there again, where that was known
