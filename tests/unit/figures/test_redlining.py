"""Changes are found clause by clause and rated against the ladder; what nobody knows goes to legal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.passages import Passage, differences, passages
from bot.figures.rating import rate, standing_of, topic
from bot.figures.redlining import changes
from bot.playbook.clauses import Clause, Rung
from bot.streams.deal.redlines import Change
from tests.unit.figures.deal import playbook

RUNGS = [(clause, rung) for clause in playbook().clauses for rung in clause.rungs]
OURS = {clause.key: f"At most {c}." if len(c := clause.rungs[0].text) < 30 else c for clause in playbook().clauses}


def redlined(clause: str, theirs: str) -> Change:
    found = changes([Passage("9.2", OURS[clause])], [Passage("9.2", theirs)], playbook())
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(("clause", "rung"), RUNGS, ids=[f"{c.key}-{r.key}" for c, r in RUNGS])
def test_each_rungs_own_words_stand_on_that_rung(clause: Clause, rung: Rung) -> None:
    if rung.when:
        return  # the deal's terms set it: its words alone do not tell the rung
    if clause.key == "payment":
        assert standing_of(f"Invoices are due {rung.text}.", "", clause, playbook()) == rung.key
        return
    if clause.key == "breach_notice":
        text = f"The Supplier tells the Customer of unauthorised access within {rung.text}."
        assert standing_of(text, "", clause, playbook()) == rung.key
        return
    assert topic(rung.text, playbook()) == clause
    assert standing_of(rung.text, clause.rungs[0].text, clause, playbook()) == rung.key


@pytest.mark.parametrize(
    ("clause", "theirs", "standing", "counter"),
    [
        ("liability_cap", "Total liability is limited to the fees of eighteen (18) months.", "first", "preferred"),
        ("liability_cap", "The total liability of each party is limited to the fees of 25 months.", "below", "first"),
        ("liability_cap", "Total liability is limited to the fees of 12 months, secrecy apart.", "unread", "preferred"),
        ("liability_cap", "The Supplier's liability is unlimited.", "below", "first"),
        ("indirect_loss", "The Supplier is also liable for lost profit and consequential damage.", "below", "first"),
        ("indemnity", "The Supplier indemnifies the Customer against any and all claims.", "below", "first"),
        ("warranty", "The Supplier warrants that the Services are fit for a particular purpose.", "below", "first"),
        ("termination", "The Customer may end an Order Form for convenience at any time.", "below", "first"),
        ("price_change", "Fees for a renewal term rise by at most 4%.", "first", "preferred"),
        ("price_change", "Fees for a renewal term rise by at most 2%.", "below", "first"),
        ("price_change", "Fees may rise on renewal by no more than the consumer price index.", "second", "first"),
        ("publicity", "The Supplier shall not use the Customer's name.", "first", "preferred"),
        ("intellectual_property", "All rights in the software belong to the Customer.", "below", "first"),
        ("audit", "The Customer or any person whom it names may audit the Supplier.", "below", "first"),
        ("liability_cap", "The parties will talk about liability for damage in due course.", "unread", "preferred"),
    ],
)  # fmt: skip
def test_other_wordings_are_read(clause: str, theirs: str, standing: str, counter: str) -> None:
    found = redlined(clause, theirs)
    assert (found.clause, found.standing, found.counter) == (clause, standing, counter)
    assert found.acceptable is (standing in ("first", "second"))


def test_a_clause_that_the_ladder_does_not_have_is_never_acceptable() -> None:
    found = changes(
        [Passage("12.2", "The courts of Ireland decide.")], [Passage("12.2", "The courts of Peru decide.")], playbook()
    )
    assert [(c.clause, c.standing, c.risk, c.counter, c.acceptable) for c in found] == [
        ("", "unread", "medium", "", False)
    ]


def test_what_was_taken_out_and_added_is_told_and_a_new_number_is_no_change() -> None:
    ours = [
        Passage("1.1", "One thing is so."),
        Passage("1.2", "Two things are otherwise."),
        Passage("1.3", "Three hold."),
    ]
    theirs = [
        Passage("1.1", "One thing is so."),
        Passage("1.2", "Three hold."),
        Passage("1.3", "A penalty of 50,000 is due."),
    ]
    assert [(d.kind, d.number) for d in differences(ours, theirs)] == [("removed", "1.2"), ("added", "1.3")]


@given(st.lists(st.text("abc ", min_size=1, max_size=12), max_size=8, unique_by=lambda text: text.replace(" ", "")))
def test_a_contract_does_not_differ_from_itself(texts: list[str]) -> None:
    mine = [Passage(f"1.{no}", text) for no, text in enumerate(texts, 1)]
    assert differences(mine, mine) == ()


def test_numbers_at_the_start_of_a_line_that_only_refer_begin_no_clause() -> None:
    lines = [
        "9 Liability",
        "9.1 Each party is liable as said in",
        "11.4 for its own part, and in",
        "8.2 for others.",
        "9.2 Next.",
        "Signatures",
        "For us",
    ]
    assert [(p.number, p.text) for p in passages(lines)] == [
        ("", "9 Liability"),
        ("9.1", "Each party is liable as said in 11.4 for its own part, and in 8.2 for others."),
        ("9.2", "Next."),
    ]


@given(st.sampled_from(playbook().clauses), st.text("abcde 0123456789%", min_size=1, max_size=60).filter(str.strip))
def test_no_addition_to_our_own_words_is_taken_for_our_own_words(clause: Clause, more: str) -> None:
    ours = f"{clause.rungs[0].text} This is the rest of the clause."
    assert rate(ours, f"{ours} {more}", playbook()).standing != "preferred"
