"""Story 6.1.3.2: where we stand against a competitor, from what is known, to what the customer reads of it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.salesforce.seed import TWO_YEARS
from sandbox.walk import CHANNEL, CLARA, MAYA, OPPORTUNITY, SHARED, readable
from tests.played import SAM, text_of
from tests.world import World

WANTS = "Our own ERP needs the data over an API, and 24 hours of support matter to us."
NEWS = "Interface now costs EUR 4.00 for each vehicle and month"
SOURCE = "Routewise price list of 1 November 2026"


@pytest.fixture
def rival(tmp_path: Path, seal_dir: Path) -> Iterator[World]:
    """The example deal against Routewise, beside two years of closed ones."""
    made = World(tmp_path / "town", seal_dir, past=TWO_YEARS)
    made.town.org.update("Opportunity", OPPORTUNITY, {"Main_Competitor__c": "ROUTEWISE"})
    made.walk.negotiate()
    made.settle()
    made.person(CLARA).says(WANTS, SHARED)
    yield made
    made.close()
    made.told()


def agree(world: World) -> dict[str, str]:
    """Title -> text of the newest files in the deal's thread once the customer has said yes."""
    world.walk.agree()
    world.settle()
    return files(world)


def files(world: World) -> dict[str, str]:
    world.looked += 1
    return {f.title: text_of(f.body) for f in world.town.site.world.files.values() if f.body}


def ours(world: World) -> str:
    """The id of the deal's own channel."""
    found = world.town.site.world.channel_named(CHANNEL)
    assert found is not None
    return found.id


def again(world: World) -> None:
    """The next package: the approver said no, and the rep changes the price."""
    world.walk.reject()
    world.settle()
    world.walk.reprice()
    world.settle()


def standing(world: World) -> str:
    world.looked += 1
    found = [m for m in world.walk.thread() if "against Routewise" in m.text]
    return "\n".join([found[-1].text, *readable(found[-1])])


@pytest.mark.story("6.1.3.2", criterion=1)
@pytest.mark.story("6.1.3.2", criterion=2)
@pytest.mark.story("6.1.3.2", criterion=4)
@pytest.mark.story("6.1.3.2", criterion=6)
def test_threat_differentiators_and_comparison_come_with_the_package(rival: World) -> None:
    found = agree(rival)
    card = standing(rival)
    assert re.search(
        r"Threat:\W+(high|medium|low): \d+ of \d+ past deals in logistics were lost, \d+% \(\d+% to \d+%\)", card
    )
    assert "they wrote “Our own ERP needs the data over an API" in card
    assert "Gives up to 25% in the last week of a quarter" in card and "for us alone" in card
    assert "Too old to be used: Where the data lies, seen on 10 Feb 2026" in card.replace("*", "")
    quote = found["Quote"]
    assert "What speaks for it" in quote and "Every trip, position and cost is yours to read" in quote
    assert "A person answers within 30 minutes" in quote
    assert "interface description 2026-04; seen on 1 September 2026" in quote
    compared = found["How we compare"]
    for words in ("Larkspur and Routewise", "EUR 3.00 for each vehicle and month", "seen on 12 August 2026"):
        assert words in compared
    assert "Names no place of hosting" not in compared
    theirs = [found[title] for title in found if title != "Talking points"]
    assert not any("Gives up to 25%" in text or "trial on their own orders" in text for text in theirs)
    counted(rival)


def counted(rival: World) -> None:
    """What was put forward is kept in Salesforce, and counted with what was won."""
    assert rival.record()["Positioning__c"] == "data; help; start"
    told = rival.person(MAYA).types("/deal intel")
    assert re.search(
        r"How soon it is live: \d+ of \d+ won, \d+% \(\d+% to \d+%\); without it \d+ of \d+ won, .*More than chance",
        told,
    )
    assert "Where the data lies: not enough data (0 deals with it)" in told
    assert "not what causes it" in told
    assert "out of shared channels" in rival.person(MAYA).types("/deal intel", SHARED)


@pytest.mark.story("6.1.3.2", criterion=5)
def test_news_that_its_owner_takes_stands_in_the_next_package_with_its_day(rival: World) -> None:
    agree(rival)
    ts = rival.person(MAYA).says(f"Routewise raised it: {NEWS}", ours(rival))
    rival.town.people.shortcut(MAYA, ours(rival), ts, "intel.tell")
    form = rival.person(MAYA).modal()
    assert NEWS in str(form) and "'initial_option': {'text': {'type': 'plain_text', 'text': 'Routewise'" in str(form)
    assert rival.person(MAYA).fills(topic="data", says=NEWS, source=" ") != {}
    rival.person(MAYA).fills(topic="data", says=NEWS, source=SOURCE, seen_on="2026-11-16")
    assert "Why you: you keep the battle card of Routewise" in rival.person(SAM).reads("news.take_customer")
    rival.person(SAM).presses("news.take_customer")
    assert "customers may read it" in rival.person(SAM).reads()
    again(rival)
    compared = files(rival)["How we compare"]
    assert NEWS in compared and f"{SOURCE}; seen on 16 November 2026" in compared and "EUR 3.00" not in compared
    assert "news, Routewise price list of 1 November 2026, 16 Nov 2026" in standing(rival)


def test_what_became_too_old_is_told_to_its_owner_once(world: World) -> None:
    sam = world.person(SAM)
    world.turn(hours=26)
    assert "Look at 1 claim that became too old" in sam.home()
    world.turn(hours=6)
    sam.presses("request.open")
    assert "Routewise, Where the data lies: seen on 10 Feb 2026" in sam.reads("stale.seen")
    sam.presses("stale.seen")
    world.turn(hours=48)
    assert "too old" not in sam.home()
