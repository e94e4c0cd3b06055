"""Objects and fields in the words of describe."""

from typing import Any

from sandbox.salesforce.catalog import OBJECTS
from sandbox.salesforce.schema import Field, SObject

BASE = "/services/data/v66.0/sobjects"
SOAP_TYPES = {
    "currency": "xsd:double",
    "double": "xsd:double",
    "percent": "xsd:double",
    "int": "xsd:int",
    "boolean": "xsd:boolean",
    "date": "xsd:date",
    "datetime": "xsd:dateTime",
    "base64": "xsd:base64Binary",
    "id": "tns:ID",
    "reference": "tns:ID",
}


def summary(of: SObject) -> dict[str, Any]:
    """As describe global lists it."""
    return {
        "name": of.name,
        "label": of.name,
        "labelPlural": of.plural,
        "keyPrefix": of.prefix,
        "custom": False,
        "createable": of.writeable and of.name != "ContentDocument",
        "updateable": of.writeable,
        "deletable": of.writeable,
        "queryable": True,
        "retrieveable": True,
        "searchable": True,
        "undeletable": True,
        "urls": {
            "sobject": f"{BASE}/{of.name}",
            "describe": f"{BASE}/{of.name}/describe",
            "rowTemplate": f"{BASE}/{of.name}/{{ID}}",
        },
    }


def described(of: SObject) -> dict[str, Any]:
    fields = [_field(field) for field in of.fields.values()]
    return summary(of) | {"fields": fields, "childRelationships": _children(of), "recordTypeInfos": []}


def _field(field: Field) -> dict[str, Any]:
    precision = 18 if field.kind in ("currency", "double", "percent") else 0
    return {
        "name": field.name,
        "label": field.name.removesuffix("__c").replace("_", " "),
        "type": field.kind,
        "soapType": SOAP_TYPES.get(field.kind, "xsd:string"),
        "length": field.length,
        "byteLength": field.length * 3,
        "precision": precision,
        "scale": field.scale if precision else 0,
        "digits": 9 if field.kind == "int" else 0,
        "nillable": not field.required and field.kind not in ("id", "boolean"),
        "defaultedOnCreate": field.default is not None,
        "createable": field.createable,
        "updateable": field.updateable,
        "custom": field.custom,
        "externalId": field.external,
        "idLookup": field.external or field.kind == "id",
        "unique": field.unique,
        "caseSensitive": False,
        "filterable": field.filterable,
        "sortable": field.filterable,
        "calculated": False,
        "restrictedPicklist": field.restricted,
        "picklistValues": [_picked(value, field.default) for value in field.values],
        "referenceTo": list(field.refers_to),
        "relationshipName": field.relationship or None,
    }


def _picked(value: str, default: object) -> dict[str, Any]:
    return {
        "active": True,
        "defaultValue": value == default,
        "label": value,
        "validFor": None,
        "value": value,
    }


def _children(of: SObject) -> list[dict[str, Any]]:
    return [
        {
            "childSObject": each.name,
            "field": field.name,
            "relationshipName": field.children,
            "cascadeDelete": field.cascades,
        }
        for each in OBJECTS.values()
        for field in each.fields.values()
        if field.children and of.name in field.refers_to
    ]
