"""EC-6.2: an outside system fails. It is noticed, what can go on goes on, and afterwards every record agrees."""

from decimal import Decimal

import pytest

from sandbox.page.trouble import BY_NAME
from sandbox.walk import CHANNEL, CLARA, HENRIK, JONAS, MAYA, PRIYA, TOTAL
from tests.world import World

OPS = "countersign-ops"
LONG_ENOUGH = 5  # looks, a minute each: past the playbook's minutes until the operators hear of it
DOCUMENTS = 32


def begin(world: World, fault: str) -> None:
    BY_NAME[fault].begin(world.town)


def end(world: World, fault: str) -> None:
    """And then long enough that whatever waits is tried again."""
    over = BY_NAME[fault].end
    assert over is not None
    over(world.town)
    world.passes(minutes=10)


def lasts(world: World) -> str:
    """What the operators are told when it goes on."""
    for _ in range(LONG_ENOUGH):
        world.passes(minutes=1)
    return world.said(OPS)[-1].replace("*", "")


def patient(world: World) -> None:
    """From here on everybody waits as long as it takes until a call is tried again."""
    world.walk.nudge = lambda: world.passes(seconds=20)


def approved(world: World) -> None:
    walk = world.walk
    for step in (walk.negotiate, walk.promise, walk.agree, walk.reject, walk.reprice, walk.approve):
        step()
    world.settle()


@pytest.mark.story("EC-6.2", criterion=1)
def test_salesforce_down_is_noticed_and_the_deal_opens_as_soon_as_it_is_back(world: World) -> None:
    begin(world, "salesforce_down")
    world.town.org.update("Opportunity", "006Hn00001BWfrtIAA", {"StageName": "Negotiation"})
    assert "Salesforce does not answer as it should" in lasts(world)
    assert world.town.site.world.channel_named(CHANNEL) is None
    end(world, "salesforce_down")
    assert "LISTENING" in world.card()
    assert "over since" in world.said(OPS)[-1]


@pytest.mark.story("EC-6.2", criterion=1)
def test_mail_down_is_noticed_and_the_letter_goes_out_once_when_it_is_back(world: World) -> None:
    approved(world)
    begin(world, "mail_down")
    world.walk.send()
    assert "the mail server does not answer as it should" in lasts(world).lower()
    assert "OUT FOR SIGNATURE" in world.card()
    assert world.town.mail.letters == []
    end(world, "mail_down")
    assert [letter.to for letter in world.town.mail.letters] == ["clara.vogt@brightwater.example"]
    assert "over since" in world.said(OPS)[-1]


@pytest.mark.story("EC-6.2", criterion=1)
def test_the_books_down_hold_up_neither_closed_won_nor_the_handoff(world: World) -> None:
    approved(world)
    begin(world, "books_down")
    world.walk.send()
    for signer in (CLARA, HENRIK):
        world.walk.sign(signer)
    world.walk.countersign()
    world.walk.hand_over()
    assert world.record()["StageName"] == "Closed Won"
    assert "the books does not answer" in lasts(world).lower()
    assert world.walk.booked() == []
    end(world, "books_down")
    assert len(world.walk.booked()) == DOCUMENTS


@pytest.mark.story("EC-6.2", criterion=1)
def test_slack_that_says_slow_down_gets_everything_later(world: World) -> None:
    begin(world, "slack_busy")
    world.town.org.update("Opportunity", "006Hn00001BWfrtIAA", {"StageName": "Negotiation"})
    while world.town.site.faults.queue:
        world.passes(minutes=6)
    for _ in range(3):
        world.passes(minutes=6)
    assert "LISTENING" in world.card()
    assert len([said for said in world.said() if "LISTENING" in said]) == 1


@pytest.mark.story("EC-6.2", criterion=1)
def test_a_no_is_given_to_the_owner_to_decide_while_the_deal_goes_on(world: World) -> None:
    world.town.site.faults.add("files.getUploadURLExternal", "access_denied")
    world.walk.negotiate()
    world.walk.agree()
    shown = world.card().replace("*", "")
    assert "This did not work: posting the package's documents in the thread" in shown
    assert "Slack said no: access_denied" in shown
    assert "WAITING ON APPROVALS" in shown
    world.person(MAYA).presses("parked.retry")
    assert "did not work" not in world.card()
    assert len(world.town.site.world.files) >= 4


@pytest.mark.story("EC-6.2", criterion=3)
def test_whatever_fails_on_the_way_every_record_says_the_same_in_the_end(world: World) -> None:
    patient(world)
    for fault in ("doubled", "shuffled", "lost_replies"):
        begin(world, fault)
    world.walk.negotiate()
    world.walk.promise()
    begin(world, "lost_replies")
    world.walk.agree()
    world.walk.reject()
    world.walk.reprice()
    begin(world, "lost_replies")
    world.walk.approve()
    begin(world, "salesforce_down")
    world.walk.send()
    for signer in (CLARA, HENRIK):
        world.walk.sign(signer)
    end(world, "salesforce_down")
    begin(world, "books_down")
    world.town.salesforce.fault("hang_up", 2)
    world.walk.countersign()
    end(world, "books_down")
    world.walk.hand_over()
    world.passes(minutes=10)
    decide(world)
    agreed(world)


def decide(world: World) -> None:
    """The letters whose answer was lost came, as the signatures show: she lets them be."""
    for _ in range(world.card().count("This did not work")):
        world.person(MAYA).presses("parked.skip")
    assert "did not work" not in world.card()


def agreed(world: World) -> None:
    """To the cent, and once each: Salesforce, the books, the mail, Slack and our own record."""
    org, books = world.town.org, world.town.books
    assert (world.record()["StageName"], world.record()["Amount"]) == ("Closed Won", Decimal("237984.80"))
    assert len([c for c in org.records("Contract") if c["Countersign_Key__c"]]) == 1
    filed = [v["Countersign_Key__c"] for v in org.records("ContentVersion") if v["Countersign_Key__c"]]
    assert len(filed) == len(set(filed))
    assert len([k for k in filed if k.endswith(":contract")]) == 1
    assert sum(entry.document["net"]["minor"] for entry in books.entries("invoices")) == 23_798_480
    keys = world.walk.booked()
    assert (len(keys), len(set(keys))) == (DOCUMENTS, DOCUMENTS)
    ids = [letter.message_id for letter in world.town.mail.letters]
    assert len(ids) == len(set(ids)) >= 2
    for user in (JONAS, PRIYA):
        asked = [m for m in world.town.people.dm(user) if TOTAL in str(m.blocks)]
        assert len(asked) <= 1
    assert len([said for said in world.said("wins") if said]) == 1
    assert "every chain is whole" in world.run("ledger", "verify")
    world.run("ledger", "replay")
