"""The time that one request has with whom it lies, and how much of it is over: in business minutes of her calendar."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.figures.hours import add_business_hours, business_minutes
from bot.playbook.company import Calendar
from bot.streams.deal.approvals import Approval
from bot.streams.deal.deal import Deal
from bot.streams.decision import Context

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Window:
    since: datetime
    until: datetime
    calendar: Calendar

    @property
    def whole(self) -> int:
        return business_minutes(self.since, self.until, self.calendar)

    def used(self, now: datetime) -> int:
        return business_minutes(self.since, now, self.calendar)

    def at(self, share: int) -> datetime:
        """When the share, in basis points, is over; its end exactly for the whole."""
        if share >= WHOLE:
            return self.until
        return add_business_hours(self.since, timedelta(minutes=self.whole * share // WHOLE), self.calendar)


def window(deal: Deal, approval: Approval, context: Context) -> Window:
    """From when it came to her, until its time, or the later one that it was given when it was escalated."""
    who = context.reads.colleague(approval.person)
    calendar = context.playbook.calendar_of(who.time_zone if who else "")
    last = next((each for each in reversed(deal.escalations.of(approval.id)) if each.until), None)
    if last is not None and last.until is not None:
        return Window(last.at, last.until, calendar)
    return Window(_since(deal, approval, context.now), approval.by_when, calendar)


def _since(deal: Deal, approval: Approval, now: datetime) -> datetime:
    mine = (m.at for m in reversed(deal.approvals.moved) if (m.approval, m.person) == (approval.id, approval.person))
    return next((at for at in mine if at), None) or deal.approvals.asked_at(approval) or now
