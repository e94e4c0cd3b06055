"""Home is short whatever there is to show, and never more than Slack takes."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.blocks import home
from bot.blocks.card import Block
from bot.blocks.home import Page
from bot.blocks.home_deals import MyDeal
from bot.blocks.home_team import Load, Team
from bot.blocks.people import Known
from bot.figures.pipeline import DealLine, Need
from bot.streams.deal.deal import Deal
from bot.streams.money import Money
from bot.streams.person.person import Inbox, Person, Task
from bot.streams.person.settings import Preferences, SettingsChanged
from tests.unit.people.somebody import JONAS, MONDAY, jonas, playbook

HOSTILE = "<!channel> *Acme* & Söhne " * 20


def deal_id(number: int) -> str:
    return f"deal:01JD8Z{number:020d}"


def asked(number: int, name: str) -> tuple[Deal, Inbox]:
    due = MONDAY + timedelta(hours=number - 2)
    task = Task(id=f"t{number}", deal=deal_id(number), kind="approval", title=f"Discount: {name}", by_when=due)
    return Deal(deal_id(number)), Inbox(task, MONDAY - timedelta(hours=number))


def line(number: int, name: str = "Acme") -> DealLine:
    total = Money(minor=100_00, currency="EUR")
    return DealLine(deal_id(number), name, "", JONAS, "ready", JONAS, MONDAY, total, "C1", "ready to send")


def page(number: int = 0, name: str = "Acme") -> Page:
    lines = tuple(line(n, name) for n in range(number))
    needs = tuple(Need(each, "unsent", 3, JONAS) for each in lines)
    loads = tuple(Load(f"T07LARK:U{n}", 2, 1) for n in range(number))
    people = tuple(f"T07LARK:U{n}" for n in range(number)) or (JONAS,)
    return Page(
        person=jonas(),
        tasks=[asked(n, name) for n in range(number)],
        deals=[MyDeal(each, "Review and send.") for each in lines],
        won=lines,
        team=Team(people, lines, needs, loads),
        admin=None,
        playbook=playbook(),
        known=Known({JONAS: "Jonas Weber"}),
        now=MONDAY,
    )


def texts(blocks: list[Block]) -> str:
    return json.dumps(blocks, ensure_ascii=False)


@pytest.mark.parametrize("number", [0, 1, 5, 6, 500])
@pytest.mark.parametrize("name", ["Acme", HOSTILE])
def test_it_has_room_in_slack_and_each_row_its_own_route(number: int, name: str) -> None:
    blocks = home.view(page(number, name))["blocks"]
    assert len(blocks) < 60
    routes = Counter(block["block_id"] for block in blocks if "block_id" in block)
    assert max(routes.values()) == 1
    assert all(len(route) <= 255 for route in routes)
    said = [block["text"]["text"] for block in blocks if block["type"] == "section"]
    assert all(len(text) <= 3_000 and "<!channel>" not in text for text in said)


def test_five_are_shown_and_the_way_to_the_rest() -> None:
    blocks = home.view(page(17))["blocks"]
    said = texts(blocks)
    assert blocks[0]["text"]["text"] == "17 things wait on you"
    assert said.count('"approval.approve"') == 5
    assert "and 12 more requests" in said
    assert "and 12 more deals" in said
    assert said.count('"primary"') == 1


def test_the_first_deadline_comes_first_and_what_is_late_says_so() -> None:
    said = [b["text"]["text"] for b in home.view(page(4))["blocks"] if b["type"] == "section"]
    assert said[0].startswith(":warning: *Discount: Acme*\nnew · *late*, it was due")
    assert said[3].startswith(":hourglass_flowing_sand:")


def test_nothing_to_do_is_said_kindly() -> None:
    said = texts(home.view(replace(page(), team=None))["blocks"])
    assert "Nothing waits on you" in said
    assert "Nothing to do now." in said
    assert "Your deals" not in said


def test_numbers_are_written_as_the_person_wants_them() -> None:
    german: Person = jonas(SettingsChanged(preferences=Preferences(numbers="de_DE"), at=MONDAY))
    assert "EUR 100,00" in texts(home.view(replace(page(1), person=german))["blocks"])
