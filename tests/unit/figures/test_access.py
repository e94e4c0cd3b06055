"""Which role may see which kind of document: every pair, literally; and nobody by default."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.figures.access import OUTSIDER, may_see, readers_of, refusal
from bot.playbook.access import CRM, CUSTOMER
from bot.playbook.gaps_access import access_gaps
from bot.streams.deal.contract import BuiltFile
from bot.streams.deal.deal import Deal
from bot.streams.deal.opening import Opening
from bot.streams.deal.package import Package, Terms, TermsSet, Version
from bot.streams.deal.sharing import Share, ShareMade, ShareRevoked
from tests.unit.figures.deal import playbook

AT = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
ROLES = (
    "customer", "crm", "rep", "sales-manager", "sales-vp", "finance", "finance-deputy", "legal", "solutions", "csm",
    "sales-operations", "managing-director", "administrator",
)  # fmt: skip
TABLE = {  # one letter a role, in that order
    "order-form": "yyyyyyyy--yy-",
    "master-agreement": "yyyyyyyyyyyy-",
    "statement-of-work": "yyyyyyyyyyyy-",
    "executive-summary": "yyyyyyy---yy-",
    "technical-appendix": "yyyyy--yyy---",
    "legal-summary": "yyyyy--y---y-",
    "talking-points": "--yyy---y----",
    "signed-contract": "yyyyyyyy--yy-",
    "no-such-document": "-------------",
}


@pytest.mark.parametrize("template", TABLE)
@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_what_the_table_says(template: str, role: str) -> None:
    expected = TABLE[template][ROLES.index(role)] == "y"
    assert may_see(template, "customer", frozenset({role}), playbook()) == expected


def test_every_role_of_the_playbook_is_in_the_table() -> None:
    assert set(playbook().roles) | {CUSTOMER, CRM} == set(ROLES)


@pytest.mark.parametrize("reader", [CUSTOMER, CRM])
def test_what_was_written_for_the_rep_never_leaves_whatever_the_table_says(reader: str) -> None:
    assert not may_see("order-form", "rep", frozenset({reader}), playbook())


def test_a_playbook_that_lets_the_reps_paper_out_is_refused() -> None:
    access = playbook().access
    leaking = access.kinds["talking"].model_copy(update={"readers": frozenset({"customer"})})
    changed = access.model_copy(update={"kinds": {**access.kinds, "talking": leaking}})
    found = list(access_gaps(playbook().model_copy(update={"access": changed})))
    assert ["talking-points is for the rep alone" in gap.message for gap in found] == [True]


def test_a_rep_reads_her_own_deals_alone_and_no_group_makes_a_customer_of_anybody() -> None:
    deal = Deal("deal:1", opening=Opening(rep="T:MAYA"))
    assert readers_of(deal, "T:MAYA", frozenset({"reps"}), playbook()) == {"rep"}
    assert readers_of(deal, "T:RAVI", frozenset({"reps"}), playbook()) == frozenset()
    assert readers_of(deal, "T:JONAS", frozenset({"sales-vps"}), playbook()) == {"sales-vp"}
    assert readers_of(deal, "T:X", frozenset({"customer", "crm"}), playbook()) == frozenset()
    assert {"customer"} == OUTSIDER


def share(**more: Any) -> Share:
    told = {
        "share": "S", "side": "ours", "person": "T:JONAS", "name": "Jonas", "email": "", "version": 1, "files": (),
        "words": "", "by": "T:JONAS", "at": AT, "ends_at": AT + timedelta(minutes=15),
    }  # fmt: skip
    return Share(ShareMade.model_validate({**told, **more}))


@pytest.mark.parametrize(
    ("minutes", "revoked", "side", "reason"),
    [
        (14.99, False, "ours", "share.nothing"),  # there is no such version
        (15, False, "ours", "share.expired"),
        (1, True, "ours", "share.revoked"),
        (1, False, "customer", "share.replaced"),  # it is not approved
    ],
)
def test_a_link_lets_nobody_in_that_it_should_not(minutes: float, revoked: bool, side: str, reason: str) -> None:
    made = share(side=side)
    gone = ShareRevoked(share="S", by="T:JONAS", at=AT) if revoked else None
    found = Share(made.made, revoked=gone)
    now = AT + timedelta(minutes=minutes)
    assert refusal(Deal("deal:1"), found, frozenset({"sales-vps"}), now, playbook()) == reason
    assert refusal(Deal("deal:1"), None, frozenset(), now, playbook()) == "share.unknown"


def test_who_lost_the_role_or_never_had_it_reads_nothing_by_an_old_link() -> None:
    terms = TermsSet(version=1, terms=Terms(discount=None, payment_days=30), by="T:MAYA", at=AT)
    file = BuiltFile(template="order-form", title="Order form", number="", name="", hash="h", pages=2)
    deal = Deal("deal:1", opening=Opening(rep="T:MAYA"), package=Package(versions=(Version(terms, (file,), at=AT),)))
    found = share(files=("h",))
    for groups, reason in (
        (frozenset({"sales-vps"}), None),
        (frozenset(), "share.nothing"),
        (frozenset({"csms"}), "share.nothing"),
        (frozenset({"reps"}), "share.nothing"),  # another rep's deal
    ):
        assert refusal(deal, found, groups, AT, playbook()) == reason
    other = share(files=("another deal's",))
    assert refusal(deal, other, frozenset({"sales-vps"}), AT, playbook()) == "share.nothing"
