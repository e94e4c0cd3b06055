"""What the contract tests of Salesforce share: a small company, and simple-salesforce pointed at the sandbox."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from simple_salesforce.api import Salesforce

from sandbox.salesforce.org import Org

ORG_ID = "00D7F00000107XsUAI"
CLIENT = ("connected-app", "a secret of the connected app")
VERSION = "66.0"
DEAL = {"Name": "Fleet", "StageName": "Proposal", "CloseDate": "2026-11-30"}


@dataclass
class Standing:
    """A clock that stands where it is put."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 17, 9, 12, tzinfo=UTC))

    def now(self) -> datetime:
        return self.at


class Rerouted(requests.Session):
    """simple-salesforce knows https and salesforce.com only: everything it asks goes to the sandbox, unchanged."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.trust_env = False
        self._to = urlsplit(url)

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        parts = urlsplit(str(url))
        there = urlunsplit((self._to.scheme, self._to.netloc, parts.path, parts.query, ""))
        return super().request(method, there, *args, **kwargs)


def client(url: str, **credentials: Any) -> Any:
    """By client credentials, unless others are given. Its objects are attributes that no type knows: Any."""
    how = credentials or {"consumer_key": CLIENT[0], "consumer_secret": CLIENT[1], "domain": "larkspur.my"}
    return Salesforce(session=Rerouted(url), version=how.pop("version", VERSION), **how)


def company(org: Org) -> dict[str, str]:
    """An account with one open opportunity and a price book; their ids by kind."""
    account = org.create("Account", {"Name": "Brightwater", "CurrencyIsoCode": "EUR"})
    deal = org.create("Opportunity", {**DEAL, "AccountId": account, "CurrencyIsoCode": "EUR"})
    book = org.create("Pricebook2", {"Name": "Standard", "IsActive": True, "IsStandard": True})
    product = org.create("Product2", {"Name": "Fleet Platform", "ProductCode": "FLEET", "IsActive": True})
    entry = org.create("PricebookEntry", {"Pricebook2Id": book, "Product2Id": product, "UnitPrice": "42.00"})
    return {"Account": account, "Opportunity": deal, "PricebookEntry": entry}
