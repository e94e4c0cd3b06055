"""How many minutes somebody can work between two moments: without nights, weekends, holidays, days off and company
events, and less while she travels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from bot.figures.hours import is_holiday, zone_of
from bot.playbook.company import Calendar
from bot.streams.busy import Busy

WHOLE = 10_000
Lost = Literal["away", "holiday", "event", "travel"]


@dataclass(frozen=True, slots=True)
class OpenTime:
    """Of one person. `away`: first and last days; `travelling`, in basis points, is what is left of her time then."""

    calendar: Calendar
    away: tuple[tuple[date, date], ...] = ()
    busy: tuple[Busy, ...] = ()
    travelling: int = WHOLE

    def minutes(self, points: Sequence[datetime], ignoring: Lost | None = None) -> list[float]:
        """Open minutes from the first of the points to each of them. `ignoring`: as if that took no time."""
        total, found = 0.0, [0.0]
        for start, end in zip(points, points[1:], strict=False):
            total += self._between(start, end, ignoring)
            found.append(total)
        return found

    def _between(self, start: datetime, end: datetime, ignoring: Lost | None) -> float:
        zone, minutes = zone_of(self.calendar), 0.0
        day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
        while day <= last:
            if self._works(day, ignoring):
                opens = datetime.combine(day, self.calendar.opens, zone).astimezone(UTC)
                closes = datetime.combine(day, self.calendar.closes, zone).astimezone(UTC)
                minutes += self._left(max(opens, start), min(closes, end), ignoring)
            day += timedelta(days=1)
        return minutes

    def _works(self, day: date, ignoring: Lost | None) -> bool:
        if day.weekday() in self.calendar.weekend:
            return False
        if ignoring != "holiday" and is_holiday(day, self.calendar):
            return False
        return ignoring == "away" or not any(first <= day <= last for first, last in self.away)

    def _left(self, start: datetime, end: datetime, ignoring: Lost | None) -> float:
        """Cut at every edge of what takes time: of each piece the least that is left counts."""
        if end <= start:
            return 0.0
        mine = [b for b in self.busy if b.starts_at < end and b.ends_at > start and _kind(b) != ignoring]
        edges = sorted({start, end, *(e for b in mine for e in (b.starts_at, b.ends_at) if start < e < end)})
        return sum(self._piece(a, b, mine) for a, b in zip(edges, edges[1:], strict=False))

    def _piece(self, start: datetime, end: datetime, mine: Sequence[Busy]) -> float:
        over = [b for b in mine if b.starts_at <= start and b.ends_at >= end]
        share = min((self.travelling if b.travel else 0 for b in over), default=WHOLE)
        return (end - start).total_seconds() / 60 * share / WHOLE


def _kind(of: Busy) -> Lost:
    return "travel" if of.travel else "event"
