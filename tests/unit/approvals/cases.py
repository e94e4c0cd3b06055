"""A deal as JSON, the people who could decide it, and the plan of both, by the playbook of this repository."""

from datetime import UTC, date, datetime
from typing import Any

from bot.agents.approvals.showing import shown
from bot.figures.changing import quote_of
from bot.playbook.schema import Playbook
from bot.streams.deal.planning import DealToPlan, PlanShown
from tests.unit.figures.deal import playbook

TUESDAY = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 17)
PEOPLE: dict[str, tuple[str, str]] = {
    "sam": ("sales-managers", "Europe/Dublin"),
    "jonas": ("sales-vps", "Europe/Berlin"),
    "priya": ("finance", "Europe/London"),
    "dana": ("finance-deputies", "Europe/Dublin"),
    "elena": ("legal", "Europe/Dublin"),
    "ines": ("signatories", "Europe/Dublin"),
}


def person(name: str, **more: Any) -> dict[str, Any]:
    group, zone = PEOPLE.get(name, ("finance", "Europe/London"))
    return {"person": name, "name": name.title(), "groups": [group], "time_zone": zone} | more


def house(**changes: dict[str, Any]) -> list[dict[str, Any]]:
    return [person(name, **changes.get(name, {})) for name in PEOPLE]


def deal(discount: int = 2200, quantity: int = 240, **more: Any) -> dict[str, Any]:
    calm: dict[str, Any] = {
        "currency": "EUR",
        "months": 24,
        "starts_on": "2026-12-01",
        "offered_on": "2026-11-17",
        "at": TUESDAY.isoformat(),
        "rep": "maya",
        "country": "DE",
        "credit_limit": "90000000",
        "credit_checked_on": "2026-11-01",
        "credit_rating": "A",
        "payment_days": 30,
        "people": house(),
        "lines": [{"code": "FLEET", "quantity": quantity, "discount": discount}],
    }
    return calm | more


def plan(told: dict[str, Any], book: Playbook | None = None) -> PlanShown:
    asked, by = DealToPlan.model_validate(told), book or playbook()
    return shown(asked, quote_of(asked, by), by)


def steps(told: dict[str, Any], book: Playbook | None = None) -> dict[str, str]:
    return {step.rule: step.decides.person for step in plan(told, book).steps}


def away(first: str = "2026-11-17", last: str = "2026-11-20") -> list[dict[str, str]]:
    return [{"from_on": first, "until_on": last}]


def lends(to: str, up_to: dict[str, str] | None = None, last: str = "2026-11-20") -> list[dict[str, Any]]:
    return [{"to": to, "from_on": "2026-11-16", "until_on": last, "up_to": up_to or {}}]
