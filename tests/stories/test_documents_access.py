"""Stories 6.1.3.4 and 6.1.2.4: who may read, by which link, what is recorded of it, and what follows from it."""

import json

import pytest
import requests

from sandbox.salesforce.ids import key
from sandbox.slack.seed import KOFI, NOOR
from sandbox.walk import JONAS, MAYA, OPPORTUNITY
from tests.played import text_of
from tests.stories import desk_of_documents as desk
from tests.world import World

CLARAS = "clara.vogt@brightwater.example"
UPLOAD = "/sobjects/ContentVersion"


def shared(world: World) -> str:
    """Maya sends Clara a link; its address, as it stands in Clara's mail."""
    desk.approved(world)
    desk.press(world, MAYA, "share.review")
    view = world.person(MAYA).modal()
    contact = next(b for b in view["blocks"] if b.get("block_id") == "contact")
    clara = next(o["value"] for o in contact["element"]["options"] if "Clara Vogt" in o["text"]["text"])
    assert "Talking points" not in json.dumps(view)
    assert not [letter for letter in world.town.mail.letters if "Documents" in letter.subject], "nothing left yet"
    assert desk.fill(world, MAYA, contact=clara, words="As promised on the phone.") == {}
    return desk.mailed(world, CLARAS)


def the_page_says_what_is_recorded(world: World, url: str) -> None:
    page = desk.get(world, url)
    assert page.status_code == 200
    assert "Order form" in page.text
    assert "Talking points" not in page.text
    assert "What we record" in page.text
    csp = page.headers["content-security-policy"]
    assert "default-src 'none'" in csp
    assert "unsafe" not in csp
    assert "http" not in page.text.partition("<main")[2].replace("https://larkspur.example", ""), "no third party"
    assert desk.get(world, f"{url}/documents/1/1.png").content.startswith(b"\x89PNG")


def tell(url: str, **pages: int) -> int:
    told = {name.lstrip("p").replace("_", "."): seconds for name, seconds in pages.items()}
    return requests.post(f"{url}/time", data=json.dumps(told), timeout=30).status_code


@pytest.mark.story("6.1.3.4", criterion=4)
@pytest.mark.story("6.1.2.4", criterion=6)
def test_what_a_customer_reads_is_recorded_and_leads_to_one_next_step(world: World) -> None:
    url = shared(world)
    assert "As promised on the phone." in world.town.mail.wait_for(CLARAS, "Documents").text
    assert "Next: Wait" in desk.said(world, MAYA)
    the_page_says_what_is_recorded(world, url)
    world.turn(minutes=5)
    assert tell(url, p3_2=400, p1_1=90) == 202, "five minutes passed: of 490 seconds 300 can be true"
    assert {tell(url, p1_1=60) for _ in range(20)} == {204}, "told too often, nothing is taken"
    shown = desk.said(world, MAYA)
    for words in ("Opened 1 time", "5 min read", "Next: Call Clara Vogt about page 2 of the Master agreement."):
        assert words in shown
    assert "Why: That page was read for 5 minutes." in shown
    assert shown.count("Next:") == 1

    form = {"document": "1", "clause": "2", "words": "<script>alert(1)</script> Which date?"}
    assert requests.post(f"{url}/comment", data=form, timeout=30).status_code == 200
    world.settle()
    shown = desk.said(world, MAYA)
    assert "Next: Answer Clara Vogt on Quote" in shown
    assert "Clara Vogt, customer: “&lt;script&gt;" in shown
    assert "Clara Vogt on Quote" in desk.thread(world)


@pytest.mark.story("6.1.3.4", criterion=2)
def test_each_role_reads_what_is_for_it_by_a_link_of_its_own(world: World) -> None:
    desk.approved(world)
    url = desk.opened(world, JONAS, 2)
    browser = requests.Session()
    page = browser.get(url, timeout=30)
    assert page.status_code == 200
    assert "Order form" in page.text
    assert "Talking points" in page.text
    pdf = browser.get(f"{url}/documents/1", timeout=30)
    assert "237,984.80" in text_of(pdf.content)
    for trick in ("documents/99", "documents/1/999.png", "documents/..%2f..%2fetc%2fpasswd", "documents/-1", "thanks"):
        assert browser.get(f"{url}/{trick}", timeout=30).status_code in (404, 422), trick
    assert desk.get(world, url).status_code == 403, "in another browser it is not opened again"
    assert desk.get(world, f"{url}/documents/1").status_code == 403
    forged = url[:-1] + ("0" if url[-1] != "0" else "1")
    assert desk.get(world, forged).status_code == 404

    csm = requests.get(desk.opened(world, NOOR, 2), timeout=30).text
    assert "Master agreement" in csm
    for words in ("Order form", "Executive summary", "Talking points"):
        assert words not in csm
    assert "No document of this deal is for your role" in desk.said(world, KOFI)

    world.turn(minutes=16)
    gone = browser.get(url, timeout=30)
    assert gone.status_code == 410
    assert "This link has ended" in gone.text


@pytest.mark.story("6.1.3.4", criterion=5)
def test_a_link_is_revoked_and_documents_end_with_their_years_unless_legal_holds_them(world: World) -> None:
    url = shared(world)
    assert desk.get(world, url).status_code == 200
    desk.press(world, MAYA, "share.revoke")
    after = desk.get(world, url)
    assert after.status_code == 410
    assert "This link was taken back" in after.text
    assert desk.get(world, f"{url}/documents/1").status_code == 410
    assert "revoked" in desk.said(world, MAYA)

    elena = "U07ELENA001"
    desk.press(world, elena, "hold.open")
    assert desk.fill(world, elena, reason="Dispute of 3 March") == {}
    world.turn(days=365 * 3 + 60)
    assert "Legal hold by Elena Rossi: “Dispute of 3 March”" in desk.said(world, elena)
    before = files(world)
    desk.press(world, elena, "hold.release")
    assert files(world) < before, "what was past its years is deleted at once"
    assert "No document of this deal is for your role, or none is made yet." in desk.said(world, elena)
    told = list(map(json.loads, world.run("ledger", "show", deal(world), "--json").splitlines()))
    assert [row["fact"]["version"] for row in told if row["kind"] == "documents.forgotten"] == [1, 2]


def files(world: World) -> int:
    return sum(path.is_file() for path in (world.folder / "files").rglob("*"))


def deal(world: World) -> str:
    return next(word for word in world.run("ledger", "streams").split() if word.startswith("deal:"))


@pytest.mark.story("6.1.3.4", criterion=6)
def test_approved_documents_lie_at_the_opportunity_once_and_a_failed_upload_is_shown_and_tried_again(
    world: World,
) -> None:
    for step in (world.walk.negotiate, world.walk.agree, world.walk.reject, world.walk.reprice):
        step()
    world.settle()
    world.town.salesforce.fault("conflict", at=UPLOAD)
    world.walk.approve()
    shown = world.card().replace("*", "")
    assert "This did not work: putting the documents into Salesforce" in shown
    assert not filed(world)
    world.town.salesforce.fault("hang_up", 2, at=UPLOAD)
    world.person(MAYA).presses("parked.retry")
    for _ in range(3):
        world.passes(minutes=30)
    assert "did not work" not in world.card()
    titles = [title.rpartition(" ")[0] for title in filed(world)]
    assert len(titles) == len(set(titles)), "once each, though an answer was lost"
    assert {"Quote", "Order form", "Master agreement", "Executive summary", "Legal summary"} <= set(titles)
    assert "Talking points" not in titles
    assert f"In Salesforce: {len(titles)} files of package 2" in desk.said(world, MAYA)


def filed(world: World) -> list[str]:
    """The titles of what lies at the opportunity."""
    org = world.town.org
    linked = [link for link in org.records("ContentDocumentLink") if key(link["LinkedEntityId"]) == key(OPPORTUNITY)]
    world.looked += 1
    return [org.get("ContentDocument", link["ContentDocumentId"])["Title"] for link in linked]
