"""Story 6.2.2.2: approvals are seen where people plan their work, too: tasks in Salesforce, time in calendars."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from icalendar import Calendar, Event

from sandbox.slack.seed import JONAS, PRIYA
from tests.stories.test_delegation import APPROVE, agreed
from tests.world import World

HOLD = "time.hold"


def tasks(world: World) -> dict[str, dict[str, Any]]:
    """Of approvals, by their subjects."""
    world.settle()
    world.looked += 1
    rows = world.town.org.records("Task")
    return {row["Subject"]: row for row in rows if ":approval:" in str(row["Countersign_Key__c"])}


def invitations(world: World, address: str) -> list[tuple[str, Event]]:
    """(method, event) of each letter with a part that a calendar reads, oldest first."""
    world.settle()
    world.looked += 1
    found = []
    for letter in world.town.mail.letters:
        if letter.to != address or b"text/calendar" not in letter.raw:
            continue
        calendar = calendar_of(letter.raw)
        found.append((str(calendar["METHOD"]), calendar.events[0]))
    return found


def calendar_of(raw: bytes) -> Calendar:
    message = message_from_bytes(raw, policy=default)
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    return Calendar.from_ical(part.get_content())


@pytest.mark.story("6.2.2.2", criterion=5)
def test_each_request_is_a_task_of_the_opportunity_until_it_is_decided(world: World) -> None:
    agreed(world)
    found = tasks(world)
    assert set(found) == {"Decide: Discount for Brightwater Freight", "Decide: Payment terms for Brightwater Freight"}
    task = found["Decide: Payment terms for Brightwater Freight"]
    users = {row["Id"]: row["Name"] for row in world.town.org.records("User")}
    assert (users[task["OwnerId"]], task["Status"]) == ("Priya Raman", "Not Started")
    assert str(task["ActivityDate"]) == "2026-11-17"
    world.person(PRIYA).presses(APPROVE)
    statuses = {subject: row["Status"] for subject, row in tasks(world).items()}
    assert statuses["Decide: Payment terms for Brightwater Freight"] == "Completed"
    assert statuses["Decide: Discount for Brightwater Freight"] == "Not Started"
    done = found["Decide: Discount for Brightwater Freight"]["Id"]
    world.town.org.update("Task", done, {"Status": "Completed"})
    world.person(JONAS).presses("approval.reject")
    assert world.person(JONAS).fills(reason="too much for this volume", yes_if="18%") == {}
    assert len(tasks(world)) == 2, "what somebody finished by hand is not asked again"


@pytest.mark.story("6.2.2.2", criterion=5)
def test_an_approver_holds_time_in_her_calendar_and_gets_it_back_once_it_is_decided(world: World) -> None:
    agreed(world)
    priya = world.person(PRIYA)
    told = priya.tries(HOLD, priya.sees(HOLD))
    ((method, event),) = invitations(world, "priya.raman@larkspur.example")
    assert method == "REQUEST" and event["SUMMARY"] == "Decide: Payment terms: Brightwater Freight"
    assert "15 minutes are yours for it, from 17 Nov 2026, 09:30 UTC" in told
    assert (event.start, event.end) == (at(9, 30), at(9, 45))
    assert event["CLASS"] == "PRIVATE" and "EUR" not in event.to_ical().decode()
    assert "Your calendar has time for this already." in priya.tries(HOLD, priya.sees(HOLD))
    priya.presses(APPROVE)
    (_, second) = invitations(world, "priya.raman@larkspur.example")
    assert second[0] == "CANCEL" and second[1]["UID"] == event["UID"] and second[1]["SEQUENCE"] == 1


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 17, hour, minute, tzinfo=UTC)
