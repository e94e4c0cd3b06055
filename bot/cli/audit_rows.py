"""A request for an approval as one row, for a program, a spreadsheet, or an auditor's check against the ledger."""

from datetime import datetime, timedelta
from typing import Any

from bot.blocks.people import Known
from bot.figures.trail import Escalated, Moved, Request


def row_of(customer: str, of: Request, known: Known, now: datetime, years: int) -> dict[str, Any]:
    """`deal`, `fact` and `fact_hash` are where the decision stands in the ledger; `card` is the hash of what the
    decider saw."""
    asked = of.approval
    return {
        "deal": of.deal,
        "customer": customer,
        "package": of.version,
        "request": asked.title,
        "rule": asked.line,
        "why": asked.why,
        "asked_by": known.name(asked.asked_by),
        "asked": known.name(of.asked),
        "role": asked.role,
        "asked_at": of.asked_at.isoformat(),
        "by_when": asked.by_when.isoformat(),
        "went_to": [_moved(moved, known) for moved in of.moved],
        "escalated": [_escalated(of, each, known) for each in of.escalated],
        "outcome": of.outcome,
        "decided_by": known.name(of.by) if of.by else "",
        "decided_at": of.at.isoformat() if of.at else "",
        "minutes": _minutes(of.took),
        "late": of.late(now),
        "reason": of.reason,
        "yes_if": of.yes_if,
        "package_hash": of.hash,
        "playbook": of.playbook,
        "kept_until": of.kept_until(years).isoformat(),
        "way": of.way,
        "door": of.door if of.decided else "",
        "authority_of": [known.name(person) for person in of.chain],
        "fact": of.seq,
        "fact_hash": of.chained,
        "card": of.card,
    }


def _moved(of: Moved, known: Known) -> dict[str, str]:
    return {"to": known.name(of.person), "reason": of.reason, "at": of.at.isoformat()}


def _escalated(of: Request, late: Escalated, known: Known) -> dict[str, Any]:
    """`decided_after_minutes` and `by_whom_it_went_to` are its outcome; None: not decided."""
    after = of.at - late.at if of.decided and of.at else None
    return {
        "line": late.line,
        "level": late.level,
        "to": known.name(late.to),
        "nobody_else_may": late.owner,
        "at": late.at.isoformat(),
        "decided_after_minutes": _minutes(after),
        "by_whom_it_went_to": of.by == late.to if of.decided else None,
    }


def _minutes(took: timedelta | None) -> int | None:
    return int(took.total_seconds()) // 60 if took is not None else None
