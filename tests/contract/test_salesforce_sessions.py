"""Who gets into the sandbox's Salesforce, and what happens when it does not want to: by simple-salesforce."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from simple_salesforce.exceptions import (
    SalesforceAuthenticationFailed,
    SalesforceError,
    SalesforceExpiredSession,
    SalesforceGeneralError,
    SalesforceMalformedRequest,
    SalesforceRefusedRequest,
)

from integrations.errors import Busy, Refused, Unauthorised, Unknown
from integrations.salesforce.rest import Salesforce as Ours
from sandbox.salesforce.org import Org
from sandbox.salesforce.server import Fault, SalesforceServer
from tests.contract.salesforce_wire import CLIENT, ORG_ID, Standing, client, company

USER = "countersign@larkspur.example"


@pytest.fixture
def server() -> Iterator[SalesforceServer]:
    made = SalesforceServer(Org(ORG_ID, Standing()), *CLIENT)
    made.start()
    yield made
    made.stop()


def who(sf: Any, server: SalesforceServer) -> str:
    """The user name behind a session, as the userinfo address tells it."""
    told = requests.get(f"{server.url}/services/oauth2/userinfo", headers=sf.headers, timeout=30).json()
    assert told["organization_id"] == ORG_ID
    return str(told["username"])


def test_by_client_credentials(server: SalesforceServer) -> None:
    assert who(client(server.url), server) == USER


def test_by_password_and_security_token(server: SalesforceServer) -> None:
    """SOAP login, as it was before API 65.0."""
    server.sessions.passwords[USER] = "word" + "token"
    sf = client(server.url, username=USER, password="word", security_token="token", version="64.0")
    assert who(sf, server) == USER
    with pytest.raises(SalesforceAuthenticationFailed) as raised:
        client(server.url, username=USER, password="wrong", security_token="token", version="64.0")
    assert raised.value.code == "INVALID_LOGIN"
    with pytest.raises(SalesforceAuthenticationFailed) as gone:
        client(server.url, username=USER, password="word", security_token="token")
    assert gone.value.code == "UNSUPPORTED_API_VERSION"


def test_by_a_signed_assertion(server: SalesforceServer) -> None:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    server.sessions.certificate = (
        private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    )
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    assert who(client(server.url, username=USER, consumer_key=CLIENT[0], privatekey=pem), server) == USER
    with pytest.warns(UserWarning, match="authorize"), pytest.raises(SalesforceAuthenticationFailed) as raised:
        client(server.url, username="nobody@larkspur.example", consumer_key=CLIENT[0], privatekey=pem)
    assert raised.value.code == "invalid_grant"


def test_a_wrong_secret_opens_nothing(server: SalesforceServer) -> None:
    with pytest.raises(SalesforceAuthenticationFailed) as raised:
        client(server.url, consumer_key=CLIENT[0], consumer_secret="wrong", domain="larkspur.my")
    assert raised.value.code == "invalid_client"


def test_a_session_that_expired_is_renewed_once(server: SalesforceServer) -> None:
    sf = client(server.url)
    company(server.org)
    server.fault("expire")
    assert sf.query("SELECT COUNT() FROM Account")["totalSize"] == 1
    assert [served.status for served in server.served] == [200, 401, 200, 200]


def test_a_session_given_by_hand_stays_expired(server: SalesforceServer) -> None:
    sf = client(server.url, session_id="made up", instance="larkspur.my.salesforce.com")
    with pytest.raises(SalesforceExpiredSession) as raised:
        sf.query("SELECT Id FROM Account")
    content: object = raised.value.content
    assert content == [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]


def test_usage_is_counted_and_told(server: SalesforceServer) -> None:
    sf = client(server.url)
    sf.query("SELECT Id FROM Account")
    sf.limits()
    assert sf.api_usage["api-usage"].used == 2
    assert sf.limits()["DailyApiRequests"] == {"Max": 100_000, "Remaining": 99_997}


@pytest.mark.parametrize(
    ("fault", "error", "status", "code"),
    [
        ("lock", SalesforceMalformedRequest, 400, "UNABLE_TO_LOCK_ROW"),
        ("limit", SalesforceRefusedRequest, 403, "REQUEST_LIMIT_EXCEEDED"),
        ("disabled", SalesforceRefusedRequest, 403, "API_DISABLED_FOR_ORG"),
        ("conflict", SalesforceGeneralError, 409, "CONFLICT"),
        ("throttle", SalesforceGeneralError, 429, "REQUEST_LIMIT_EXCEEDED"),
        ("fail", SalesforceGeneralError, 500, "UNKNOWN_EXCEPTION"),
        ("busy", SalesforceGeneralError, 503, "SERVER_UNAVAILABLE"),
    ],
)
def test_a_no_comes_as_the_vendors_client_knows_it(
    server: SalesforceServer, fault: Fault, error: type[SalesforceError], status: int, code: str
) -> None:
    sf = client(server.url)
    server.fault(fault)
    with pytest.raises(error) as raised:
        sf.query("SELECT Id FROM Account")
    content: object = raised.value.content
    assert raised.value.status == status
    assert isinstance(content, list) and content[0]["errorCode"] == code


@pytest.mark.parametrize(
    ("fault", "error", "waits"),
    [
        ("lock", Busy, 5),
        ("limit", Busy, 300),
        ("throttle", Busy, 11),
        ("busy", Busy, 7),
        ("disabled", Unauthorised, None),
        ("conflict", Refused, None),
        ("fail", Unknown, None),
    ],
)
def test_our_client_says_what_it_means(
    server: SalesforceServer, fault: Fault, error: type[Exception], waits: int | None
) -> None:
    """The word that a worker acts upon: wait so long, tell the operator, give up, or look what happened."""
    crm = Ours(server.url, *CLIENT)
    deal = company(server.org)["Opportunity"]
    server.fault(fault)
    with pytest.raises(error) as raised:
        crm.reprice(deal, (), 60)
    assert getattr(raised.value, "retry_after_s", None) == waits
    assert server.org.get("Opportunity", deal)["Payment_Days__c"] is None


def test_a_reply_that_is_lost_after_the_work_is_unknown(server: SalesforceServer) -> None:
    crm = Ours(server.url, *CLIENT)
    deal = company(server.org)["Opportunity"]
    server.fault("hang_up")
    with pytest.raises(Unknown):
        crm.reprice(deal, (), 60)
    assert server.org.get("Opportunity", deal)["Payment_Days__c"] == 60


def test_a_token_that_is_revoked_opens_nothing(server: SalesforceServer) -> None:
    sf = client(server.url)
    requests.post(f"{server.url}/services/oauth2/revoke", data={"token": sf.session_id}, timeout=30)
    answer = requests.get(f"{server.url}/services/data/v66.0/limits", headers=sf.headers, timeout=30)
    assert answer.status_code == 401


def test_the_list_of_resources_says_who_asks(server: SalesforceServer) -> None:
    """As jsforce finds out who it is."""
    headers = client(server.url).headers
    told = requests.get(f"{server.url}/services/data/v66.0/", headers=headers, timeout=30).json()
    assert told["query"] == "/services/data/v66.0/query"
    assert requests.get(told["identity"], headers=headers, timeout=30).json()["organization_id"] == ORG_ID
