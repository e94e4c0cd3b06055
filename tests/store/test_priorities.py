"""Many deals that become critical at once, on both engines: there are never more places taken than the playbook has."""

from datetime import date, timedelta
from functools import partial
from typing import Annotated

from pydantic import Field, TypeAdapter

from bot.dispatch import Dispatcher
from bot.store.transaction import Store
from bot.streams.company.company import Company
from bot.streams.company.priorities import Claim, ClaimPriority, EndPriority, PlaceFact, PlaceGiven
from bot.streams.company.priorities import apply as placed
from bot.streams.ids import COMPANY, SYSTEM
from tests.store.desk import CODE, NOW, mint, new_deal, playbook
from tests.store.test_races import MANY, at_once

FACT: TypeAdapter[PlaceFact] = TypeAdapter(Annotated[PlaceFact, Field(discriminator="kind")])


def claim(no: int, deal: str) -> Claim:
    told = {"deal": deal, "customer": f"Customer {no}", "rep": "T:maya", "line": "Line: it holds", "why": "it holds"}
    until = date(2026, 12, 1) + timedelta(days=no)
    return Claim.model_validate({**told, "score": 10, "until_on": until, "since": NOW + timedelta(seconds=no)})


def company(store: Store) -> Company:
    with store.snapshot() as tx:
        found: Company = tx.ledger.load(COMPANY, CODE).state
        return found


def most_ever(store: Store) -> int:
    """Fact by fact, how many places were taken at most."""
    with store.snapshot() as tx:
        bodies = [entry.body for entry in tx.ledger.entries(COMPANY) if entry.kind.startswith("place.")]
    facts = [FACT.validate_json(body) for body in bodies]
    state, most = Company(COMPANY).priorities, 0
    for fact in facts:
        state = placed(state, fact)
        most = max(most, len(state.held))
    assert any(isinstance(fact, PlaceGiven) for fact in facts)
    return most


def test_claims_at_once_never_take_more_than_the_places_there_are(store: Store, dispatcher: Dispatcher) -> None:
    places, deals = playbook().critical.at_most, [new_deal() for _ in range(MANY)]
    asks = [ClaimPriority(stream_id=COMPANY, actor=SYSTEM, claim=claim(no, deal)) for no, deal in enumerate(deals)]
    told = at_once([partial(dispatcher.execute, ask, mint()) for ask in asks])
    assert {outcome.reason for outcome in told} == {None}
    assert {each.deal for each in company(store).priorities.held} == set(deals[:places])
    ends = [EndPriority(stream_id=COMPANY, actor=SYSTEM, deal=deal, why="approved") for deal in deals[:places]]
    at_once([partial(dispatcher.execute, end, mint()) for end in (*ends, *ends)])
    assert {each.deal for each in company(store).priorities.held} == set(deals[places : 2 * places])
    assert most_ever(store) == places
