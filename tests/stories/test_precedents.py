"""Story 6.2.4.3: what past decisions teach: practices with their worth, the policy of then, what became of each yes."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from jobs import worker
from sandbox.slack.seed import ELENA, INES, JONAS, PRIYA, SAM
from tests.world import World

COLUMNS = "id,customer,currency,amount,won,opened_on,closed_on,industry,discount,payment_days,term_months,became,way"


def imported(world: World, folder: Path, rows: list[str]) -> None:
    (folder / "past.csv").write_text("\n".join([COLUMNS, *rows]))
    world.run("history", "import", "--csv", str(folder / "past.csv"))
    world.settle()


def types(world: World, user: str, text: str) -> str:
    return world.person(user).types(text, str(world.town.site.app.bot_user))


def row(no: int, discount: int, won: bool, became: str = "", way: str = "", closed_on: str = "2025-03-01") -> str:
    told = f"old-{discount}-{no},Somebody Ltd,EUR,{226_000 + no}.00,{'yes' if won else 'no'}"
    return f"{told},2025-01-01,{closed_on},Logistics,{discount}%,60,24,{became},{way}"


def asked(world: World) -> str:
    world.walk.negotiate()
    world.walk.agree()
    world.settle()
    return world.person(JONAS).reads("approval.approve")


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory, seal_dir: Path) -> Iterator[World]:
    """Of 40 deals at 12% off 34 were won, of 40 at 22% only 14, and 10 of those are kept a quarter later; whoever was
    answered with a lower price bought."""
    folder = tmp_path_factory.mktemp("learnt")
    made = World(folder / "town", seal_dir)
    few = [row(no, 12, no < 34, way="countered" if no < 20 else "as_asked") for no in range(40)]
    became = ["kept"] * 10 + ["churned", "paid_late"]
    many = [row(no, 22, no < 14, (became + [""] * 28)[no], "countered" if no < 8 else "as_asked") for no in range(40)]
    imported(made, folder, [*few, *many])
    yield made
    made.close()
    made.told()


@pytest.mark.story("6.2.4.3", criterion=2)
def test_what_wins_is_found_as_short_rules_with_their_worth_and_their_owner(learnt: World) -> None:
    told = asked(learnt)
    assert "Practice: Up to 15% off is enough for most. 70 of 100 past deals won, 14 of 40 beyond it: " in told
    assert "35 points more (20 to 48). VP Sales, looked at 1 Jul 2026" in told
    rows = {each["id"]: each for each in json.loads(learnt.run("approvals", "practices", "--json"))}
    used, late, found = rows["discount-15"], rows["net-45"], rows["counter"]
    assert (used["state"], used["clear"], used["difference"], used["owner"]) == ("used", True, 3500, "sales-vp")
    assert (late["clear"], "difference" in late) == (False, False)
    assert (found["state"], found["won"], found["of"], found["low"] > 0) == ("found", 28, 28, True)


@pytest.mark.story("6.2.4.3", criterion=5)
def test_the_request_says_how_many_such_yeses_are_kept_a_quarter_later(learnt: World) -> None:
    told = learnt.person(JONAS).reads("approval.approve")
    assert "Of 12 such yeses, 10 are kept a quarter later (60 to 94%)" in told


def changed(folder: Path) -> Path:
    """20% is the most that the VP Sales may grant."""
    copytree("playbook", folder / "changed")
    file = folder / "changed" / "approvals.yaml"
    text = file.read_text().replace("above 15% and up to 25%, the VP", "above 15% and up to 20%, the VP")
    text = text.replace("compare: at_most, percent: 25%", "compare: at_most, percent: 20%")
    text = text.replace("above 25%, the managing", "above 20%, the managing")
    file.write_text(text.replace("compare: above, percent: 25%", "compare: above, percent: 20%"))
    return folder / "changed"


@pytest.mark.story("6.2.4.3", criterion=4)
def test_a_precedent_of_an_older_policy_says_which_line_was_another_then(world: World, tmp_path: Path) -> None:
    first = world.town.clock.now().date()
    old = row(1, 22, True, closed_on=(first + timedelta(days=2)).isoformat())
    before = row(2, 22, True, closed_on="2025-03-01")
    imported(world, tmp_path, [old, before])
    world.turn(days=7)
    settings = world.settings.model_copy(update={"playbook_dir": changed(tmp_path)})
    world.relay = replace(worker.relay_of(settings, lambda *_: None), clock=world.system_time)  # begun anew with it
    world.look()
    world.walk.negotiate()
    world.walk.agree()
    world.settle()
    told = world.person(INES).reads("approval.approve")
    then = "The policy was another then: Discounts, line 4: above 25%, the managing director decides"
    assert f"`old-22-1`). {then}" in told
    assert "`old-22-2`)\n" in told and told.count("The policy was another then") == 1
    assert "Practice: Up to 15% off is enough for most." in told
    assert "was: Discounts, line 4: above 25%, the managing director decides" in world.run("approvals", "policies")


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory, seal_dir: Path) -> Iterator[World]:
    """Refused at 22%, granted at 18% by Jonas and Priya, signed and won; then a quarter went by, and they had left."""
    made = World(tmp_path_factory.mktemp("sold") / "town", seal_dir)
    made.walk.play()
    made.settle()
    made.turn(days=60)
    [contract] = made.town.org.records("Contract")
    made.town.org.update("Contract", contract["Id"], {"Ended_Early_On__c": date(2027, 1, 10), "Days_Late__c": 3})
    made.turn(days=32)
    yield made
    made.close()
    made.told()


@pytest.mark.story("6.2.4.3", criterion=5)
def test_a_quarter_later_each_decision_is_held_against_what_became_of_the_deal(sold: World) -> None:
    told = json.loads(sold.run("approvals", "outcomes", "--json"))
    rules = {each["name"]: each for each in told["rules"]}
    vp, cash = rules["discount-vp"], rules["payment-finance"]
    assert (vp["granted"], vp["refused"], vp["after_yes"]["churned"], vp["after_no"]["churned"]) == (1, 1, 1, 1)
    assert (cash["granted"], cash["after_yes"]["of"], cash["after_yes"]["kept"], cash["after_yes"]["low"]) == (
        1, 1, 0, None,
    )  # fmt: skip
    assert {each["name"] for each in told["approvers"]} == {f"T07LARK:{JONAS}", f"T07LARK:{PRIYA}"}
    assert "1 granted, 0 of 1 kept a quarter later (too few to say); 1 refused" in sold.run("approvals", "outcomes")


@pytest.mark.story("6.2.4.3", criterion=5)
def test_what_became_of_her_yeses_she_alone_and_her_manager_see(sold: World) -> None:
    assert "0 of 1 yeses kept a quarter later" in types(sold, JONAS, "/deal team")
    for other in (SAM, ELENA):
        assert "kept a quarter later" not in types(sold, other, "/deal team")


@pytest.mark.story("6.2.4.3", criterion=6)
def test_what_contradicts_a_practice_is_proposed_to_its_owner_and_in_effect_by_her_word(
    world: World, tmp_path: Path
) -> None:
    """Of 60 deals up to 15% off 36 were won; then 25 at 22% were all won, but for one."""
    imported(world, tmp_path, [row(no, 22, no < 24) for no in range(25)])
    world.turn(days=1)
    jonas = world.person(JONAS)
    told = jonas.reads("practice.approve")
    assert "RETIRE THE PRACTICE “UP TO 15% OFF IS ENOUGH FOR MOST”?" in told.upper()
    assert "Of 60 past deals that kept to it 36 were won (60%), of 25 others 24 (96%)." in told
    jonas.presses("practice.decline")
    world.turn(days=1)
    assert "Jonas Weber declined" in jonas.reads()  # as long as the evidence is the same
    imported(world, tmp_path, [row(no, 22, no < 46) for no in range(50)])
    world.turn(days=1)
    assert "of 50 others 46 (92%)" in jonas.reads("practice.approve")
    jonas.presses("practice.approve")
    assert "Jonas Weber agreed" in jonas.reads()
    assert "Up to 15% off is enough" not in asked(world)
