"""Who read a text, and until when that holds: asked before a document leaves in production."""

from datetime import date

import pytest

from bot import wiring
from bot.agents.contracts.fit_texts import check_reviews
from bot.agents.contracts.missing import MissingDetail
from bot.playbook import loader
from bot.playbook.closing import Review
from bot.playbook.schema import Playbook
from tests.unit.documents.example import CONTRACT, PLAYBOOK, templates

TODAY = date(2026, 11, 17)
COUNSEL = "Aoife Brennan, solicitor"


def playbook(production: bool, **review: date | None) -> Playbook:
    ours = loader.load(wiring.texts(PLAYBOOK))
    documents = ours.documents.model_copy(update={"production": production})
    fields = {"reviewed_on": date(2026, 6, 1), "next_review": date(2027, 6, 1), **review}
    read = Review(reviewed_by=COUNSEL, jurisdiction="Ireland", **fields)
    texts = dict.fromkeys(ours.texts, read)
    return ours.model_copy(update={"documents": documents, "texts": texts})


def test_the_example_companys_texts_say_that_no_counsel_has_read_them() -> None:
    ours = loader.load(wiring.texts(PLAYBOOK))
    assert not ours.documents.production
    assert set(ours.texts) == set(templates())
    assert {(review.reviewed_by, review.reviewed_on) for review in ours.texts.values()} == {
        ("not reviewed by counsel", None)
    }


@pytest.mark.parametrize(
    ("review", "why"),
    [
        ({"reviewed_on": None}, "it has not been reviewed by counsel"),
        ({"reviewed_on": date(2026, 11, 18)}, "it has not been reviewed by counsel"),
        ({"next_review": date(2026, 11, 16)}, "its review was due on 2026-11-16"),
    ],
)
def test_in_production_an_unread_or_overdue_text_is_refused_in_words(review: dict[str, date | None], why: str) -> None:
    check_reviews(CONTRACT.documents, TODAY, playbook(False, **review))
    with pytest.raises(MissingDetail) as caught:
        check_reviews(CONTRACT.documents, TODAY, playbook(True, **review))
    field, expected, advice = caught.value.args
    assert (field, expected) == ("Quote", "a text that counsel has reviewed")
    assert advice.startswith(why)
    assert "playbook/templates/quote/review.yaml" in advice


@pytest.mark.parametrize("until", [date(2026, 11, 17), date(2027, 6, 1)])
def test_in_production_a_text_that_counsel_has_read_leaves(until: date) -> None:
    check_reviews(CONTRACT.documents, TODAY, playbook(True, next_review=until))


def test_a_text_without_a_review_and_a_review_that_cannot_be_read_are_problems_with_their_place() -> None:
    files = wiring.texts(PLAYBOOK)
    lacking = {name: text for name, text in files.items() if name != "templates/order-form/review.yaml"}
    (problem,) = loader.problems(lacking)
    assert "template order-form does not say who reviewed it" in str(problem)
    wrong = {**files, "templates/order-form/review.yaml": "reviewed_by: x\njurisdiction: y\nnext_review: soon\n"}
    (problem,) = loader.problems(wrong)
    assert (problem.file, problem.line) == ("templates/order-form/review.yaml", 3)
