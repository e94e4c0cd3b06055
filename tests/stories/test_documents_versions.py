"""Story 6.1.3.4: every version with who made it and why, any two compared word by word, comments at a clause."""

from typing import Any

import pytest

from sandbox.slack.seed import NOOR, PRIYA
from sandbox.walk import JONAS, MAYA, readable
from tests.played import text_of
from tests.stories import desk_of_documents as desk
from tests.world import World


@pytest.mark.story("6.1.3.4", criterion=1)
def test_each_version_says_who_made_it_and_why_and_any_two_are_compared(world: World) -> None:
    desk.approved(world)
    told = desk.said(world, MAYA)
    assert "Package 2 · approved · EUR 237,984.80" in told
    assert "discount as in Salesforce → 18%" in told
    assert "Package 1 · replaced · EUR 226,839.20" in told
    assert "first package, drafted at the customer's yes" in told
    assert told.count("Maya Okafor") >= 2

    world.person(MAYA).presses("deal.more", "documents")
    again = "\n".join(readable(world.town.people.ephemerals(MAYA)[-1])).replace("*", "")
    assert "Package 2 · approved" in again, "the deal's card leads there, too"

    desk.press(world, MAYA, "package.compare")
    assert desk.fill(world, MAYA, older="1", newer="2") == {}
    shown = desk.thread(world)
    assert "package 1 and 2" in shown
    assert "Order form" in shown
    assert "~22%~ 18%" in shown
    files = {f.title: f.body for f in world.town.site.world.files.values() if f.body}
    body = text_of(files["Comparison of package 1 and package 2"] or b"")
    for words in (
        "226,839.20",
        "237,984.80",
        "INTERNAL · NOT FOR THE CUSTOMER",
        "Products and fees: Total, before tax",
    ):
        assert words in body
    assert "gross negligence" not in body, "a clause that did not change is not shown"


@pytest.mark.story("6.1.3.4", criterion=3)
def test_a_comment_stands_at_its_clause_is_answered_and_closes_when_it_is_resolved(world: World) -> None:
    desk.approved(world)
    desk.press(world, JONAS, "comment.open")
    clauses = [o for g in groups(world, JONAS) for o in g["options"]]
    payment = next(o["value"] for o in clauses if o["text"]["text"].startswith("Commercial terms: Payment"))
    hostile = "<!channel> *60 days* & <b>more</b>?"
    assert desk.fill(world, JONAS, clause=payment, words=hostile) == {}
    told = desk.said(world, PRIYA)
    assert "Order form, Commercial terms: Payment (package 2)" in told
    assert "<!channel>" not in told
    assert "Jonas Weber: “&lt;!channel&gt;" in told

    desk.press(world, PRIYA, "comment.answer")
    assert desk.fill(world, PRIYA, words="60 is what the policy allows.") == {}
    assert "Priya Raman: “60 is what the policy allows.”" in desk.said(world, JONAS)
    desk.press(world, JONAS, "comment.resolve")
    assert "Commercial terms: Payment (package 2)" not in desk.said(world, JONAS)
    assert "Jonas Weber resolved the comment on Order form, Commercial terms: Payment." in desk.thread(world)

    assert "EUR 237,984.80" not in desk.press(world, NOOR, "comment.open"), (
        "who may not see the price comments elsewhere"
    )
    titles = {g["label"]["text"] for g in groups(world, NOOR)}
    assert "Order form" not in titles
    assert "Master agreement" in titles


def groups(world: World, user: str) -> list[dict[str, Any]]:
    view = world.person(user).modal()
    found: list[dict[str, Any]] = next(
        block["element"]["option_groups"] for block in view["blocks"] if block.get("block_id") == "clause"
    )
    return found
