"""What became of each request for an approval: how long it took whom, who stood in, what was waived."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from bot.figures.bottlenecks import tempo_of
from bot.figures.decisions import Decision
from bot.figures.pace import pace_of, weekdays_of
from bot.store.approval_tables import decisions
from bot.store.data_keys import DataKeys
from bot.store.reads.hidden import Hidden
from bot.store.reads.rows import RowsOf
from bot.streams.deal.approving import Decided
from bot.streams.deal.deal import Deal
from bot.streams.decision import Pace, Weekday
from bot.streams.queues import Tempo
from bot.streams.value import Value

MOST_REMEMBERED = 1_000  # of all rules; a pace follows what people do now
BY_PEOPLE = ("own", "delegated")
OVERRIDES = ("waiver", "exception")
_ROWS = RowsOf(decisions)


class _Said(Value):
    customer: str
    title: str
    reason: str
    back_on: date | None = None
    became: str = ""


class Decisions:
    def __init__(self, sql: sa.Connection, keys: DataKeys) -> None:
        self._sql, self._hidden = sql, Hidden(keys, decisions)

    def paces(self) -> tuple[Pace, ...]:
        """By rule and person, of the newest ones that people took."""
        mine = sa.select(decisions.c.rule, decisions.c.person, decisions.c.minutes)
        newest = mine.where(decisions.c.way.in_(BY_PEOPLE)).order_by(decisions.c.at.desc(), decisions.c.stream_id)
        found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for rule, person, minutes in self._sql.execute(newest.limit(MOST_REMEMBERED)):
            found[rule, person].append(minutes)
        return tuple(pace_of(rule, person, times) for (rule, person), times in sorted(found.items()))

    def weekdays(self) -> tuple[Weekday, ...]:
        """By the day on which it was asked, of the newest ones that people took."""
        mine = sa.select(decisions.c.rule, decisions.c.asked_at, decisions.c.minutes)
        newest = mine.where(decisions.c.way.in_(BY_PEOPLE)).order_by(decisions.c.at.desc(), decisions.c.stream_id)
        rows = [(rule, at.weekday(), minutes) for rule, at, minutes in self._sql.execute(newest.limit(MOST_REMEMBERED))]
        return weekdays_of(rows)

    def tempos(self) -> tuple[Tempo, ...]:
        """Of everybody who took one of the newest."""
        mine = sa.select(decisions.c.person, decisions.c.asked_at, decisions.c.at).where(decisions.c.way.in_(BY_PEOPLE))
        newest = mine.order_by(decisions.c.at.desc(), decisions.c.stream_id).limit(MOST_REMEMBERED)
        found: defaultdict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
        for person, asked_at, at in self._sql.execute(newest):
            found[person].append((asked_at, at))
        return tuple(tempo_of(person, times) for person, times in sorted(found.items()))

    def became(self) -> dict[str, list[str]]:
        """By rule, what the deals of people's newest yeses became, where somebody looked."""
        mine = sa.and_(decisions.c.yes.is_(True), decisions.c.way.in_(BY_PEOPLE))
        newest = sa.select(decisions).where(mine).order_by(decisions.c.at.desc(), decisions.c.stream_id)
        found: defaultdict[str, list[str]] = defaultdict(list)
        for decision in self._shown(newest.limit(MOST_REMEMBERED)):
            if decision.became:
                found[decision.rule].append(decision.became)
        return dict(found)

    def after_yes_of(self, person: str) -> list[str]:
        """What the deals of her newest yeses became, where somebody looked."""
        mine = sa.and_(decisions.c.yes.is_(True), decisions.c.way.in_(BY_PEOPLE), decisions.c.person == person)
        newest = sa.select(decisions).where(mine).order_by(decisions.c.at.desc(), decisions.c.stream_id)
        return [d.became for d in self._shown(newest.limit(MOST_REMEMBERED)) if d.became]

    def since(self, start: datetime) -> list[Decision]:
        """Oldest first."""
        return self._read(decisions.c.at >= start)

    def overrides(self, start: datetime, end: datetime) -> list[Decision]:
        """Waivers, exceptions, and approvers who were replaced, oldest first."""
        special = sa.or_(decisions.c.way.in_(OVERRIDES), decisions.c.moved == "replaced")
        return self._read(sa.and_(decisions.c.at >= start, decisions.c.at < end, special))

    def find(self, words: str, people: Collection[str], most: int) -> list[Decision]:
        """With the words in the customer's name, the request's or a reason, or decided by one of the people; the newest
        first."""
        wanted = words.casefold()
        every = reversed(self._read(sa.true()))
        told = (d for d in every if d.person in people or wanted in f"{d.customer} {d.title} {d.reason}".casefold())
        return list(islice(told, most))

    def project(self, deal: Deal) -> None:
        rows = [self._row(deal, no, decided) for no, decided in enumerate(deal.approvals.decided, 1)]
        _ROWS.put(self._sql, deal.id, rows)

    def _row(self, deal: Deal, no: int, of: Decided) -> dict[str, Any]:
        approval, expected, last = of.approval, of.approval.expected, of.moved[-1] if of.moved else None
        said = _Said(
            customer=deal.customer,
            title=approval.title,
            reason=of.reason or (last.reason if last else ""),
            back_on=last.back_on if last else None,
            became=deal.afterwards.of(no),
        )
        return {
            "stream_id": deal.id,
            "no": no,
            "rule": approval.rule,
            "role": approval.role,
            "asked": of.first,
            "person": of.by,
            "way": of.way,
            "moved": last.why if last else "",
            "lent": of.chain[0] if of.chain else "",
            "asked_at": of.asked_at,
            "at": of.at,
            "minutes": of.minutes,
            "expected": expected.minutes if expected else 0,
            "low": expected.low if expected else 0,
            "high": expected.high if expected else 0,
            "yes": of.yes,
            "until_on": of.until_on.isoformat() if of.until_on else None,
            "body": self._hidden.hide(deal.id, str(no), said.model_dump_json()),
        }

    def _read(self, which: sa.ColumnElement[bool]) -> list[Decision]:
        wanted = sa.select(decisions).where(which)
        wanted = wanted.order_by(decisions.c.at, decisions.c.stream_id, decisions.c.no)
        return list(self._shown(wanted))

    def _shown(self, wanted: sa.Select[Any]) -> Iterator[Decision]:
        for row in self._hidden.opening(self._sql.execute(wanted)):
            told = dict(row._mapping)
            said = _Said.model_validate_json(self._hidden.show(row.stream_id, str(row.no), told.pop("body")))
            until = told.pop("until_on")
            yield Decision(**told, until_on=date.fromisoformat(until) if until else None, **said.model_dump())
