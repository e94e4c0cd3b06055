"""What is deployed into Salesforce is what the code reads and writes, in the words of Salesforce's own schema."""

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import simple_salesforce
from defusedxml import ElementTree

from integrations.salesforce import composite, tracking
from integrations.salesforce.composite import Parts
from integrations.salesforce.needs import CREATE, EDIT, NEEDS
from integrations.salesforce.port import CrmClose, CrmLine, CrmTask
from sandbox.salesforce import soql_parse
from sandbox.salesforce.catalog import OBJECTS
from sandbox.salesforce.outbound import FIELDS
from sandbox.salesforce.schema import SObject
from sandbox.salesforce.soql_parse import Every, Not, Query, Some

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "salesforce/force-app/main/default"
MANIFEST = ROOT / "salesforce/manifest/package.xml"
NS = "{http://soap.sforce.com/2006/04/metadata}"
XSD = "{http://www.w3.org/2001/XMLSchema}"
WSDL = Path(simple_salesforce.__file__).parent / "metadata.wsdl"  # Salesforce's own, as it comes with the package
XML = sorted((ROOT / "salesforce").rglob("*.xml"))
BLANK = re.compile(r"'?%?\{[^}]*\}%?'?")
SUBJECT = re.compile(r"sobjects/(\w+)")
# Salesforce keeps these two under another name: custom fields of tasks belong to activities, an address is one field.
ACTIVITY = {"Task": "Activity"}
ADDRESS = re.compile(r"^Billing(Street|City|PostalCode|StateCode|CountryCode)$")
# Objects and fields whose rights are not given by a permission set: they come with another object, or are required.
BY_ANOTHER = {
    "ContentDocumentLink",
    "ContentVersion",
    "OpportunityContactRole",
    "OpportunityHistory",
    "OpportunityLineItem",
    "Task",
    "User",
    "UserRole",
}
Used = set[tuple[str, str]]


def tree(path: Path) -> Element:
    root = ElementTree.parse(path).getroot()
    assert root is not None
    return root


def queries() -> Iterator[str]:
    for path in sorted((ROOT / "integrations/salesforce").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("SELECT "):
                yield BLANK.sub("'x'", node.value.replace(" IN {}", " IN ('x')"))


def step(of: SObject, path: str) -> tuple[str, str]:
    *parents, field = path.split(".")
    for name in parents:
        relation = of.relation(name)
        assert relation is not None, f"{of.name} has no {name}"
        of = OBJECTS[relation.refers_to[0]]
    assert of.field(field) is not None, f"{of.name} has no {field}"
    return of.name, field


def conditions(where: Any) -> Iterator[str]:
    match where:
        case Every(parts) | Some(parts):
            for part in parts:
                yield from conditions(part)
        case Not(part):
            yield from conditions(part)
        case None:
            return
        case _:
            yield where.path


def read_by(query: Query, of: SObject) -> Used:
    paths = [path for path in query.fields if isinstance(path, str)]
    used = {step(of, path) for path in [*paths, *(path for path, _ in query.order), *conditions(query.where)]}
    for inner in query.fields:
        if isinstance(inner, Query):
            child = next(o for o in OBJECTS.values() for f in o.fields.values() if f.children == inner.kind)
            used |= read_by(inner, child)
    return used


def written() -> Used:
    line = CrmLine(id="00k1", product_code="A", quantity="1", unit_price="1", discount="1", total_price="1")
    wanted = CrmClose(
        key="deal:1",
        opportunity_id="0061",
        account_id="0011",
        stage="Closed Won",
        close_on=date(2026, 11, 30),
        lines=(line,),
        contract_starts_on=date(2026, 12, 1),
        contract_months=12,
        signed_on=date(2026, 11, 30),
        signer_contact_id="0031",
        signer_title="COO",
        contact_roles=(("0031", "Signer"), ("0032", "Signer")),
        payment_days=30,
        tasks=(("deal:1:task", "Call", date(2026, 12, 1)),),
    )
    parts = Parts("66.0")
    made = parts.close(wanted, None, [{"Id": "00K1", "ContactId": "0032", "Role": "Other"}])
    made += parts.position("0061", "start")
    task = CrmTask(key="k", subject="S", due_on=date(2026, 12, 1), owner_email="a@b.example", done=True)
    made += [part for chunk in tracking.parts(parts, "0061", (task,), (), {"a@b.example": "0051"}) for part in chunk]
    used = {(subject(part["url"]), field) for part in made for field in part["body"]}
    for document in ("", "0691"):
        used |= {("ContentVersion", field) for field in composite.version("k", "0061", "T", "t.pdf", b"", document)}
    return used | {("ContentDocumentLink", field) for field in composite.link("0691", "8001")}


def subject(url: str) -> str:
    found = SUBJECT.search(url)
    assert found is not None, url
    return found[1]


def test_the_needs_are_what_the_code_reads_and_writes() -> None:
    parsed = [soql_parse.parse(text) for text in queries()]
    reads = set().union(*(read_by(query, OBJECTS[query.kind]) for query in parsed))
    assert {(o, f) for o, need in NEEDS.items() for f in need.reads} == reads
    assert {(o, f) for o, need in NEEDS.items() for f in need.writes} == written()
    assert len(parsed) >= 8


def deployed() -> dict[str, Element]:
    """Custom fields by object and name."""
    found = {}
    for path in SOURCE.glob("objects/*/fields/*.field-meta.xml"):
        root = tree(path)
        found[f"{path.parts[-3]}.{root.findtext(f'{NS}fullName')}"] = root
    return found


def test_exactly_the_custom_fields_that_the_code_uses_are_deployed() -> None:
    assert set(deployed()) == {f"{ACTIVITY.get(o, o)}.{f}" for o, need in NEEDS.items() for f in need.custom}


def test_exactly_the_keys_are_external_ids() -> None:
    keys = {f"{ACTIVITY.get(o, o)}.{need.key}" for o, need in NEEDS.items() if need.key}
    assert {name for name, root in deployed().items() if root.findtext(f"{NS}externalId") == "true"} == keys


def test_the_sandbox_has_the_same_fields_of_the_same_kinds() -> None:
    kinds = {"Text": "string", "Date": "date", "Currency": "currency", "Number": "int", "Checkbox": "boolean"}
    for name, root in deployed().items():
        kind, field = name.split(".")
        there = OBJECTS["Task" if kind == "Activity" else kind].fields[field]
        assert (there.kind, there.unique) == (
            kinds[root.findtext(f"{NS}type") or ""],
            root.findtext(f"{NS}unique") == "true",
        )
        assert there.length == int(root.findtext(f"{NS}length") or 0)


def permission_set() -> Element:
    return tree(SOURCE / "permissionsets/Countersign_Integration.permissionset-meta.xml")


def test_the_permission_set_gives_every_custom_field_and_only_what_is_needed() -> None:
    given = {
        entry.findtext(f"{NS}field"): entry.findtext(f"{NS}editable") == "true"
        for entry in permission_set().findall(f"{NS}fieldPermissions")
    }
    needed = {
        f"{o}.{ADDRESS.sub('BillingAddress', f)}": f in need.writes | {need.key}
        for o, need in NEEDS.items()
        for f in need.fields
    }
    assert {name for name in given if name not in needed} == set()
    assert {name for name in needed if name.endswith("__c") and name not in given} == set()
    assert {name for name, editable in given.items() if editable and not needed[str(name)]} == set()
    assert {name for name, writes in needed.items() if writes and name in given and not given[name]} == set()


def test_the_permission_set_gives_the_rights_that_are_needed_and_deletes_nothing() -> None:
    rights = {CREATE: f"{NS}allowCreate", EDIT: f"{NS}allowEdit"}
    given = {}
    for entry in permission_set().findall(f"{NS}objectPermissions"):
        assert entry.findtext(f"{NS}allowDelete") == entry.findtext(f"{NS}modifyAllRecords") == "false"
        given[entry.findtext(f"{NS}object")] = {right for right, tag in rights.items() if entry.findtext(tag) == "true"}
    assert given.pop("Pricebook2") == set()
    assert given == {name: need.rights for name, need in NEEDS.items() if name not in BY_ANOTHER}


def test_the_outbound_message_sends_what_the_sandbox_sends() -> None:
    root = tree(SOURCE / "workflows/Opportunity.workflow-meta.xml")
    assert {each.text for each in root.iter(f"{NS}fields")} == {"Id", *FIELDS}
    assert root.findtext(f".//{NS}includeSessionId") == "false"


def test_the_package_names_every_file_and_nothing_else() -> None:
    root = tree(MANIFEST)
    named = {
        kind.findtext(f"{NS}name"): {member.text for member in kind.findall(f"{NS}members")}
        for kind in root.findall(f"{NS}types")
    }
    assert named == {
        "ConnectedApp": {"Countersign"},
        "CustomField": set(deployed()),
        "Flow": {"Countersign_Stage"},
        "PermissionSet": {"Countersign_Integration"},
        "WorkflowOutboundMessage": {"Opportunity.Countersign_Stage"},
    }


def test_what_is_replaced_at_deployment_is_there_to_be_replaced() -> None:
    for told in json.loads((ROOT / "salesforce/sfdx-project.json").read_text())["replacements"]:
        place = told.get("filename") or "force-app/main/default/workflows/Opportunity.workflow-meta.xml"
        assert told["stringToReplace"] in (ROOT / "salesforce" / place).read_text()


@cache
def schema() -> dict[str, Element]:
    """Complex types and enumerations of the Metadata API by name."""
    root = tree(WSDL)
    return {kind.get("name", ""): kind for kind in root.iter() if kind.tag in (f"{XSD}complexType", f"{XSD}simpleType")}


def members(kind: str) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for extension in schema()[kind].iter(f"{XSD}extension"):
        found |= members(str(extension.get("base")).removeprefix("tns:"))
    return found | {str(e.get("name")): e for e in schema()[kind].iter(f"{XSD}element")}


def check(node: Element, kind: str) -> None:
    known = members(kind)
    seen = [child.tag.removeprefix(NS) for child in node]
    assert set(seen) <= set(known), f"{kind} has no {set(seen) - set(known)}"
    assert {name for name, e in known.items() if e.get("minOccurs") != "0" and name != "fullName"} <= set(seen), kind
    for child in node:
        element = known[child.tag.removeprefix(NS)]
        assert seen.count(child.tag.removeprefix(NS)) == 1 or element.get("maxOccurs") == "unbounded"
        value(child, str(element.get("type")))


def value(node: Element, kind: str) -> None:
    if kind == "xsd:boolean":
        assert node.text in ("true", "false")
    elif kind == "xsd:int":
        assert (node.text or "").isdigit()
    elif kind.startswith("tns:") and schema()[kind.removeprefix("tns:")].tag == f"{XSD}simpleType":
        allowed = {e.get("value") for e in schema()[kind.removeprefix("tns:")].iter(f"{XSD}enumeration")}
        assert node.text in allowed, f"{node.text} is no {kind}"
    elif kind.startswith("tns:"):
        check(node, kind.removeprefix("tns:"))


@pytest.mark.parametrize("path", XML, ids=lambda path: path.name)
def test_every_file_holds_to_salesforces_own_schema(path: Path) -> None:
    root = tree(path)
    check(root, str(root.tag).removeprefix(NS))
