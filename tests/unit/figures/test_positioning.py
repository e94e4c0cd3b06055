"""What a customer may read of positioning: never a line of ours alone, never an old one; and what a threat is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.positioning import Looked, answers, only_for_customers, position, stale_of, standing
from bot.figures.threats import level_of, put_forward, rate, threat
from bot.playbook.positioning import Answer, Battlecard, Claim, Note, Theirs
from bot.playbook.schema import Playbook
from bot.streams.deal.standing import Position
from bot.streams.decision import Context, NewsRead, PastDeal, Reads
from tests.unit.documents.papers_example import playbook as example

TODAY = date(2026, 11, 17)
TOPICS = [topic.id for topic in example().positioning.topics]
SECRET = "for us alone"
days = st.integers(min_value=-3, max_value=400).map(lambda back: TODAY - timedelta(days=back))
audiences = st.sampled_from(["customer", "rep"])


@st.composite
def claims(draw: st.DrawFn) -> dict[str, object]:
    audience = draw(audiences)
    return {"audience": audience, "source": f"paper, {audience}", "seen_on": draw(days)}


@st.composite
def playbooks(draw: st.DrawFn) -> Playbook:
    """The example's, with topics, cards and notes of any audience and age."""

    def words(claim: dict[str, object]) -> dict[str, str]:
        return {"en": SECRET if claim["audience"] == "rep" else "said openly"}

    book = example()
    topics = tuple(t.model_copy(update={**(c := draw(claims())), "says": words(c)}) for t in book.positioning.topics)
    theirs = tuple(
        Theirs(**(c := draw(claims())), topic=t, says=words(c)) for t in draw(st.sets(st.sampled_from(TOPICS)))
    )
    asks = tuple(Answer(**(c := draw(claims())), id="a", topic=t, asks=words(c), answer=words(c)) for t in TOPICS[:3])
    notes = (Note(**(c := draw(claims())), id="n", says=words(c)),)
    card = Battlecard(name="Routewise", owner="sales-manager", theirs=theirs, answers=asks, notes=notes)
    rules = book.positioning.model_copy(update={"topics": topics})
    return book.model_copy(update={"positioning": rules, "battlecards": {"routewise": card}})


@st.composite
def told(draw: st.DrawFn) -> NewsRead:
    audience = draw(audiences)
    says = SECRET if audience == "rep" else "said openly"
    topic = draw(st.sampled_from([*TOPICS, ""]))
    return NewsRead(draw(st.text(max_size=3)), "routewise", topic, says, audience, audience, draw(days))


def looked(book: Playbook, **more: object) -> Looked:
    base = Looked("Routewise", "Logistics", frozenset({"ROUTE"}), {"t": "We need an API."}, (), (), TODAY, book)
    return replace(base, **more)  # type: ignore[arg-type]


@given(playbooks(), st.lists(told(), max_size=6))
def test_no_line_of_ours_alone_and_no_old_one_gets_to_a_customer(book: Playbook, news: list[NewsRead]) -> None:
    seen = looked(book, news=news)
    shown = position(seen)
    assert SECRET not in shown.model_dump_json()
    on = [a.seen_on for a in shown.advantages] + [d for r in shown.rows for d in (r.our_seen_on, r.their_seen_on)]
    assert all(book.positioning.is_fresh(day, TODAY) for day in on)
    assert all(a.audience == "customer" and book.positioning.is_fresh(a.seen_on, TODAY) for a in answers(seen))
    assert all(book.positioning.is_fresh(line.seen_on, TODAY) for line in standing(seen).lines)


@given(playbooks(), st.lists(told(), max_size=6))
def test_the_rule_takes_what_is_for_customers_and_nothing_else(book: Playbook, news: list[NewsRead]) -> None:
    """Whoever made it: the rule that records a package looks at each line again."""
    context = Context(now=None, playbook=book, reads=Reads(news=tuple(news)))  # type: ignore[arg-type]
    shown = position(looked(book, news=news))
    assert only_for_customers(shown, context)
    for row in shown.rows:
        forged = row.model_copy(update={"theirs": SECRET})
        assert not only_for_customers(shown.model_copy(update={"rows": (forged,)}), context)
    for advantage in shown.advantages:
        forged_too = advantage.model_copy(update={"says": SECRET})
        assert not only_for_customers(Position(advantages=(forged_too,)), context)


@pytest.mark.parametrize(("back", "fresh"), [(-1, False), (0, True), (180, True), (181, False)])
def test_a_claim_is_fresh_for_the_playbooks_days(back: int, fresh: bool) -> None:
    assert example().positioning.is_fresh(TODAY - timedelta(days=back), TODAY) is fresh


@pytest.mark.parametrize(
    ("low", "high", "level"),
    [(5_500, 9_000, "high"), (5_499, 9_000, "medium"), (1_000, 4_500, "low"), (1_000, 4_501, "medium")],
)
def test_a_threat_is_high_or_low_when_its_interval_says_so(low: int, high: int, level: str) -> None:
    assert level_of(low, high, example().positioning) == level


def deal(no: int, won: bool, competitor: str = "Routewise", industry: str = "Logistics", put: str = "") -> PastDeal:
    return PastDeal(str(no), "", industry, "EUR", 1, 0, 30, won, 9, "2026-01-01", 12, competitor, put)


def test_below_the_minimum_nobody_can_say() -> None:
    rules = example().positioning
    few = [deal(n, False) for n in range(rules.at_least - 1)]
    assert threat("routewise", "Logistics", few, rules).level == "unknown"
    assert not rate(few, rules).known
    enough = [*few, deal(99, False)]
    found = threat("ROUTEWISE", "Logistics", enough, rules)
    assert (found.level, found.segment, found.lost, found.of) == ("high", "Logistics", 12, 12)


def test_a_segment_with_too_few_is_counted_with_all() -> None:
    rules = example().positioning
    past = [deal(n, n % 2 == 0, industry="Retail") for n in range(20)] + [deal(99, False)]
    assert threat("Routewise", "Logistics", past, rules).segment == ""


def test_what_goes_with_winning_is_told_only_beyond_chance() -> None:
    rules = example().positioning
    past = [deal(n, n < 18, put="start; data" if n < 20 else "data") for n in range(40)]
    by_topic = {put.topic: put for put in put_forward("Routewise", past, rules)}
    assert by_topic["start"].tells and by_topic["start"].with_it.won == 18
    assert not by_topic["data"].tells and not by_topic["data"].without.known
    assert by_topic["help"].with_it.of == 0


def test_a_need_is_quoted_as_it_was_written() -> None:
    text = "Thanks. Our ERP needs an API! More later."
    (first, *_) = standing(looked(example(), texts={"t": text})).needs
    assert first.topic == "data" and first.said and text[first.said.start : first.said.end] == "Our ERP needs an API!"


@pytest.mark.parametrize("name", ["routewise", "ROUTE  WISE", "Routewise GmbH"])
def test_a_card_is_found_in_whatever_letters(name: str) -> None:
    found = example().battlecard(name)
    assert found and found.name == "Routewise"


@pytest.mark.parametrize("name", ["", "  ", "Route", "Routewise; DROP TABLE", "{{ 7 * 7 }}", "<!channel>"])
def test_a_strange_name_fits_no_card(name: str) -> None:
    assert example().battlecard(name) is None
    assert position(looked(example(), heard=name, texts={})) == Position()


def test_stale_claims_name_their_owner() -> None:
    news = NewsRead("news:1", "routewise", "data", "x", "rep", "y", date(2026, 1, 1))
    found = {what: owner for _, owner, what in stale_of(example(), [news], TODAY)}
    assert found["Routewise: news of 1 Jan 2026"] == "sales-manager"
    assert any(what.startswith("Routewise, Where the data lies: seen on 10 Feb 2026") for what in found)


def test_every_claim_has_a_source() -> None:
    book = example()
    every: list[Claim] = [*book.positioning.topics, *(c for card in book.battlecards.values() for c in card.claims)]
    assert all(claim.source and claim.seen_on <= TODAY for claim in every)
