"""Which requests are small and equal: the playbook's edges, and nothing unusual among them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.figures.batching import MOST, small_equal
from bot.playbook.approving import Batch
from bot.streams.deal.deal import Deal
from bot.streams.deal.package import Check, PackageChecked
from bot.streams.person.person import Inbox, Task
from tests.unit.approvals.desk import TUESDAY, Desk

PRIYAS = "1-payment-finance"


def waiting(number: int = 1, limit: int = 1_000_000, least: int = 1) -> tuple[Desk, list[tuple[Deal, Inbox]]]:
    desk = Desk()
    rules = Batch.model_construct(least=least, up_to={"EUR": Decimal(limit)})
    approvals = desk.book.approvals.model_copy(update={"batch": rules})
    desk.book = desk.book.model_copy(update={"approvals": approvals})
    desk.package(2200)
    task = Task(id="t", deal=desk.deal.id, kind="approval", about=PRIYAS, seen=desk.seen)
    checked = PackageChecked.model_construct(version=1, checks=(Check(name="all", passed=True),))
    deal = replace(desk.deal, package=replace(desk.deal.package, checked=checked))
    return desk, [(deal, Inbox(task, TUESDAY))] * number


@pytest.mark.parametrize(("number", "least", "found"), [(2, 3, 0), (3, 3, 3), (12, 3, MOST)])
def test_from_so_many_on(number: int, least: int, found: int) -> None:
    desk, tasks = waiting(number, least=least)
    assert len(small_equal(tasks, desk.book)) == found


def test_up_to_the_amount_and_no_further() -> None:
    made = waiting()[0].deal.package.current
    assert made is not None
    total = made.contract.quote.total.decimal()
    for limit, found in ((int(total) + 1, 1), (int(total) - 1, 0)):
        desk, tasks = waiting(limit=limit)
        assert len(small_equal(tasks, desk.book)) == found


def test_what_has_changed_is_closed_or_unusual_is_left_out() -> None:
    desk, [(deal, item)] = waiting()
    other = replace(item, task=item.task.model_copy(update={"seen": "another"}))
    assert small_equal([(deal, other)], desk.book) == ()
    assert small_equal([(deal, replace(item, closed_at=TUESDAY))], desk.book) == ()
    assert small_equal([(replace(deal, package=desk.deal.package), item)], desk.book) == (), "not checked"
    planned = deal.approvals.planned
    assert planned is not None
    risky = replace(deal.approvals, planned=planned.model_copy(update={"risk": "High risk, line 1"}))
    assert small_equal([(replace(deal, approvals=risky), item)], desk.book) == ()
    assert [approval.id for _, approval in small_equal([(deal, item)], desk.book)] == [PRIYAS]
