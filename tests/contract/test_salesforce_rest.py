"""The sandbox's Salesforce, driven by simple-salesforce as it comes."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from simple_salesforce.exceptions import (
    SalesforceGeneralError,
    SalesforceMalformedRequest,
    SalesforceMoreThanOneRecord,
    SalesforceResourceNotFound,
)
from simple_salesforce.format import format_soql

from sandbox.salesforce.org import Org
from sandbox.salesforce.server import SalesforceServer
from tests.contract.salesforce_wire import CLIENT, DEAL, ORG_ID, Standing, client, company

Errors = type[Exception]


@pytest.fixture
def clock() -> Standing:
    return Standing()


@pytest.fixture
def org(clock: Standing) -> Org:
    return Org(ORG_ID, clock)


@pytest.fixture
def server(org: Org) -> Iterator[SalesforceServer]:
    made = SalesforceServer(org, *CLIENT)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def sf(server: SalesforceServer) -> Any:
    return client(server.url)


def refusal(error: Errors, call: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
    """The first entry of the list that Salesforce answers a no with."""
    with pytest.raises(error) as raised:
        call(*args, **kwargs)
    first: dict[str, Any] = raised.value.content[0]  # type: ignore[attr-defined]
    return first


def test_a_record_is_made_read_changed_and_deleted(sf: Any, org: Org) -> None:
    made = sf.Account.create({"Name": "Nordkai", "NumberOfEmployees": 12, "CurrencyIsoCode": "EUR"})
    assert made == {"id": made["id"], "success": True, "errors": []}
    read = sf.Account.get(made["id"])
    assert (read["Name"], read["NumberOfEmployees"], read["attributes"]["type"]) == ("Nordkai", 12, "Account")
    assert sf.Account.update(made["id"], {"Name": "Nordkai AG"}) == 204
    assert org.get("Account", made["id"])["Name"] == "Nordkai AG"
    assert sf.Account.delete(made["id"]) == 204
    assert refusal(SalesforceResourceNotFound, sf.Account.get, made["id"])["errorCode"] == "ENTITY_IS_DELETED"


def test_a_query_comes_in_pages_and_every_row_once(sf: Any, org: Org) -> None:
    for number in range(450):
        org.create("Account", {"Name": f"Account {number:03d}"})
    asked = "SELECT Id, Name FROM Account ORDER BY Name"
    small = {"Sforce-Query-Options": "batchSize=200"}
    first = sf.query(asked, headers=small)
    assert (first["totalSize"], first["done"], len(first["records"])) == (450, False, 200)
    names = [row["Name"] for row in sf.query_all_iter(asked, headers=small)]
    assert names == [f"Account {number:03d}" for number in range(450)]


def test_pages_of_two_thousand_without_being_asked(sf: Any, org: Org) -> None:
    for number in range(2001):
        org.create("Task", {"Subject": str(number)})
    first = sf.query("SELECT Id FROM Task")
    assert (len(first["records"]), first["done"]) == (2000, False)
    rest = sf.query_more(first["nextRecordsUrl"], identifier_is_url=True)
    assert (len(rest["records"]), rest["done"]) == (1, True)


def test_parents_children_and_counts(sf: Any, org: Org) -> None:
    ids = company(org)
    sf.OpportunityLineItem.create(
        {"OpportunityId": ids["Opportunity"], "PricebookEntryId": ids["PricebookEntry"], "Quantity": 3, "UnitPrice": 40}
    )
    row = sf.query(
        "SELECT Name, Amount, Account.Name, (SELECT Quantity, TotalPrice FROM OpportunityLineItems),"
        " (SELECT Id FROM OpportunityContactRoles) FROM Opportunity"
    )["records"][0]
    assert (row["Account"]["Name"], row["Amount"]) == ("Brightwater", 120.0)
    assert [line["TotalPrice"] for line in row["OpportunityLineItems"]["records"]] == [120.0]
    assert row["OpportunityContactRoles"] is None
    assert sf.query("SELECT COUNT() FROM Opportunity")["totalSize"] == 1


def test_an_upsert_by_external_id_makes_one_record(sf: Any, org: Org) -> None:
    for number, status in enumerate((201, 200, 200)):
        reply = sf.Task.upsert("Countersign_Key__c/deal:1:kick-off", {"Subject": f"Call {number}"}, raw_response=True)
        assert (reply.status_code, reply.json()["created"]) == (status, status == 201)
    assert [row["Subject"] for row in org.records("Task")] == ["Call 2"]
    assert sf.Task.get_by_custom_id("Countersign_Key__c", "deal:1:kick-off")["Subject"] == "Call 2"


def test_an_upsert_does_not_name_its_key_in_the_body(sf: Any) -> None:
    body = {"Subject": "Call", "Countersign_Key__c": "k"}
    no = refusal(SalesforceMalformedRequest, sf.Task.upsert, "Countersign_Key__c/k", body)
    assert (no["errorCode"], no["fields"]) == ("INVALID_FIELD", ["Countersign_Key__c"])


def test_a_key_that_leads_to_two_records_is_refused(sf: Any, org: Org) -> None:
    for _ in range(2):
        org.create("ContentVersion", {"PathOnClient": "a.txt", "VersionData": b"a", "Countersign_Key__c": "same"})
    upsert = sf.ContentVersion.upsert
    with pytest.raises(SalesforceMoreThanOneRecord):
        upsert("Countersign_Key__c/same", {"Title": "A"})


def composite(sf: Any, *parts: dict[str, Any], all_or_none: bool = True) -> list[dict[str, Any]]:
    body = {"allOrNone": all_or_none, "compositeRequest": list(parts)}
    answer: list[dict[str, Any]] = sf.restful("composite", method="POST", json=body)["compositeResponse"]
    return answer


def part(method: str, path: str, name: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"method": method, "url": f"/services/data/v66.0/{path}", "referenceId": name, "body": body}


def test_composite_parts_refer_to_what_earlier_ones_made(sf: Any, org: Org) -> None:
    answers = composite(
        sf,
        part("POST", "sobjects/Account", "account", {"Name": 'Quoted "Ltd"'}),
        part("GET", "query?q=SELECT+Id,Name+FROM+Account", "found"),
        part("POST", "sobjects/Opportunity", "deal", {**DEAL, "AccountId": "@{account.id}"}),
        part("PATCH", "sobjects/Opportunity/@{deal.id}", "named", {"Name": "@{found.records[0].Name}: renewed"}),
    )
    assert [answer["httpStatusCode"] for answer in answers] == [201, 200, 201, 204]
    assert org.get("Opportunity", answers[2]["body"]["id"])["Name"] == 'Quoted "Ltd": renewed'


@pytest.mark.parametrize(("all_or_none", "kept"), [(True, 0), (False, 1)])
def test_composite_is_all_or_none_when_it_says_so(sf: Any, org: Org, all_or_none: bool, kept: int) -> None:
    answers = composite(
        sf,
        part("POST", "sobjects/Account", "good", {"Name": "Good"}),
        part("POST", "sobjects/Account", "bad", {"Industry": "None given"}),
        all_or_none=all_or_none,
    )
    codes = [a["body"][0]["errorCode"] if isinstance(a["body"], list) else "" for a in answers]
    assert codes == ["PROCESSING_HALTED" if all_or_none else "", "REQUIRED_FIELD_MISSING"]
    assert len(org.records("Account")) == kept


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [part("POST", "sobjects/Account", f"n{n}", {"Name": "A"}) for n in range(26)],
        [part("POST", "sobjects/Account", "same", {"Name": "A"})] * 2,
        [{"method": "POST", "url": "/services/data/v66.0/sobjects/Account"}],
        ["not an object"],
    ],
    ids=["none", "26", "same name", "no name", "no object"],
)
def test_a_misshapen_composite_is_refused_whole(sf: Any, org: Org, parts: list[Any]) -> None:
    no = refusal(SalesforceMalformedRequest, composite, sf, *parts)
    assert (no["errorCode"], org.records("Account")) == ("INVALID_INPUT", [])


def test_collections_of_records(sf: Any, org: Org) -> None:
    kind = {"type": "Account"}
    body = {"allOrNone": False, "records": [{"attributes": kind, "Name": "A"}, {"attributes": kind}]}
    made = sf.restful("composite/sobjects", method="POST", json=body)
    assert [result["success"] for result in made] == [True, False]
    assert made[1]["errors"][0]["statusCode"] == "REQUIRED_FIELD_MISSING"
    read = sf.restful("composite/sobjects/Account", method="POST", json={"ids": [made[0]["id"]], "fields": ["Name"]})
    assert [row["Name"] for row in read] == ["A"]
    gone = sf.restful("composite/sobjects", params={"ids": made[0]["id"], "allOrNone": "true"}, method="DELETE")
    assert (gone[0]["success"], org.records("Account")) == (True, [])
    tasks = {"records": [{"attributes": {"type": "Task"}, "Subject": "S", "Countersign_Key__c": "k"}]}
    again = [sf.restful("composite/sobjects/Task/Countersign_Key__c", method="PATCH", json=tasks) for _ in range(2)]
    assert [result[0]["created"] for result in again] == [True, False]


def test_describe_names_fields_keys_and_rights(sf: Any, org: Org) -> None:
    org.forbid("Opportunity", "NextStep")
    org.lack("Opportunity", "Loss_Reason__c")
    org.forbid("Task")
    fields = {field["name"]: field for field in sf.Opportunity.describe()["fields"]}
    assert fields["Countersign_Deal__c"]["externalId"] and fields["Countersign_Deal__c"]["unique"]
    assert fields["Term_Months__c"]["custom"] and not fields["StageName"]["nillable"]
    assert fields["NextStep"]["updateable"] is False
    assert "Loss_Reason__c" not in fields
    listed = {each["name"]: each for each in sf.describe()["sobjects"]}
    assert (listed["Task"]["createable"], listed["Contract"]["createable"]) == (False, True)


def test_what_is_not_permitted_is_not_written(sf: Any, org: Org) -> None:
    deal = company(org)["Opportunity"]
    org.forbid("Opportunity", "NextStep")
    no = refusal(SalesforceMalformedRequest, sf.Opportunity.update, deal, {"NextStep": "Call"})
    assert (no["errorCode"], no["fields"]) == ("INVALID_FIELD_FOR_INSERT_UPDATE", ["NextStep"])


def test_a_file_goes_up_and_comes_down(sf: Any, org: Org) -> None:
    deal, body = company(org)["Opportunity"], bytes(range(256)) * 10
    version = sf.ContentVersion.create(
        {
            "Title": "Contract",
            "PathOnClient": "contract.pdf",
            "VersionData": base64.b64encode(body).decode(),
            "FirstPublishLocationId": deal,
        }
    )
    read = sf.ContentVersion.get(version["id"])
    assert (read["ContentSize"], read["FileExtension"]) == (len(body), "pdf")
    reply = sf._call_salesforce("GET", f"{sf.base_url}sobjects/ContentVersion/{version['id']}/VersionData")
    assert reply.content == body
    linked = sf.query(format_soql("SELECT Id FROM ContentDocumentLink WHERE LinkedEntityId = {}", deal))
    assert linked["totalSize"] == 1


def test_what_changed_between_two_moments(sf: Any, org: Org, clock: Standing) -> None:
    start, account = clock.at, company(org)["Account"]
    other = org.create("Account", {"Name": "Gone"})
    org.delete("Account", other)
    clock.at += timedelta(hours=1)
    assert sf.Account.updated(start, clock.at)["ids"] == [account]
    assert [row["id"] for row in sf.Account.deleted(start, clock.at)["deletedRecords"]] == [other]


@pytest.mark.parametrize(("shift", "status"), [(0, 204), (-1, 412)])
def test_a_change_may_insist_that_nothing_changed_before(
    sf: Any, org: Org, clock: Standing, shift: int, status: int
) -> None:
    account = company(org)["Account"]
    seen = (clock.at + timedelta(seconds=shift)).astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    headers = {"If-Unmodified-Since": seen}
    if status == 204:
        assert sf.Account.update(account, {"Name": "B"}, headers=headers) == status
    else:
        with pytest.raises(SalesforceGeneralError) as raised:
            sf.Account.update(account, {"Name": "B"}, headers=headers)
        assert raised.value.status == status


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("Account", {"Nmae": "A"}, "INVALID_FIELD"),
        ("Account", {"Industry": "A"}, "REQUIRED_FIELD_MISSING"),
        ("Account", {"Name": "A" * 256}, "STRING_TOO_LONG"),
        ("Opportunity", {**DEAL, "StageName": "Won?"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        ("Opportunity", {**DEAL, "AccountId": "001000000000000AAA"}, "INVALID_CROSS_REFERENCE_KEY"),
        ("Opportunity", {**DEAL, "IsWon": True}, "INVALID_FIELD_FOR_INSERT_UPDATE"),
        ("Opportunity", {**DEAL, "Amount": "a lot"}, "JSON_PARSER_ERROR"),
        ("Contact", {"LastName": "V", "Email": "no address"}, "INVALID_EMAIL_ADDRESS"),
    ],
)
def test_a_record_that_is_wrong_is_refused_in_salesforces_words(
    sf: Any, kind: str, body: dict[str, Any], code: str
) -> None:
    no = refusal(SalesforceMalformedRequest, getattr(sf, kind).create, body)
    assert (no["errorCode"], bool(no["message"]), isinstance(no["fields"], list)) == (code, True, True)


def test_a_unique_key_is_given_once(sf: Any, org: Org) -> None:
    first, second = (org.create("Opportunity", DEAL) for _ in range(2))
    sf.Opportunity.update(first, {"Countersign_Deal__c": "deal:1"})
    no = refusal(SalesforceMalformedRequest, sf.Opportunity.update, second, {"Countersign_Deal__c": "DEAL:1"})
    assert no["errorCode"] == "DUPLICATE_VALUE"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("SELECT FROM Account", "MALFORMED_QUERY"),
        ("SELECT Id FROM Account LIMIT x", "MALFORMED_QUERY"),
        ("SELECT Id FROM Account WHERE Name = 'O'Neill'", "MALFORMED_QUERY"),
        ("SELECT Id FROM Account WHERE " + "(" * 3000, "MALFORMED_QUERY"),
        ("SELECT Shoe FROM Account", "INVALID_FIELD"),
        ("SELECT Id FROM Shoe", "INVALID_TYPE"),
        ("SELECT Id, Shoe.Name FROM Account", "INVALID_FIELD"),
    ],
)
def test_a_query_that_is_wrong_is_refused(sf: Any, asked: str, code: str) -> None:
    assert refusal(SalesforceMalformedRequest, sf.query, asked)["errorCode"] == code


def test_what_is_not_there_is_not_found(sf: Any, server: SalesforceServer) -> None:
    assert refusal(SalesforceResourceNotFound, sf.Account.get, "001000000000001AAA")["errorCode"] == "NOT_FOUND"
    assert refusal(SalesforceResourceNotFound, sf.restful, "sobjects/Shoe/describe")["errorCode"] == "NOT_FOUND"
    old = requests.get(f"{server.url}/services/data/v12.0/limits", timeout=30)
    assert (old.status_code, old.json()[0]["errorCode"]) == (404, "NOT_FOUND")


def test_a_method_that_is_not_allowed(sf: Any, org: Org) -> None:
    account = company(org)["Account"]
    no = refusal(SalesforceGeneralError, sf.restful, f"sobjects/Account/{account}", method="PUT", json={})
    assert no["errorCode"] == "METHOD_NOT_ALLOWED"


def test_versions_are_told_without_a_token(server: SalesforceServer) -> None:
    told = requests.get(f"{server.url}/services/data/", timeout=30).json()
    assert {"label": "v66", "url": "/services/data/v66.0", "version": "66.0"} in told


def test_the_clock_of_the_company_dates_records(sf: Any, clock: Standing) -> None:
    clock.at = datetime(2027, 2, 28, 12, 0, tzinfo=UTC)
    made = sf.Account.create({"Name": "Later"})
    assert sf.Account.get(made["id"])["CreatedDate"] == "2027-02-28T12:00:00.000+0000"
