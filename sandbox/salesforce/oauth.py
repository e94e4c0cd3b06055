"""Who may ask: OAuth grants, the SOAP login of old, and the sessions that they open."""

import secrets
import time
from base64 import b64decode
from binascii import Error
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

import jwt
from defusedxml import DefusedXmlException, ElementTree

from sandbox.salesforce.ids import key
from sandbox.salesforce.org import Org, Row
from sandbox.web import Call, Reply, json_reply

PARTNER = "urn:partner.soap.sforce.com"
JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LAST_SOAP_LOGIN = 64  # API 65.0 has no login() any more
XML = "text/xml; charset=utf-8"


@dataclass
class Sessions:
    """`passwords` by user name, security token included; `certificate` is the public key (PEM) of JWT bearers."""

    org: Org
    client_id: str
    client_secret: str
    passwords: dict[str, str] = field(default_factory=dict)
    certificate: str = ""
    by_token: dict[str, str] = field(default_factory=dict)

    def who(self, call: Call) -> str | None:
        """The id of the user whose session it is."""
        return self.by_token.get(bearer(call))

    def token(self, call: Call, url: str) -> Reply:
        form = _form(call)
        match form.get("grant_type"):
            case "client_credentials":
                return self._opened(self._client(call, form), self.org.integration_id, url)
            case "password":
                row = self._named(form.get("username", ""))
                known = row is not None and self._password(form.get("username", ""), form.get("password", ""))
                return self._opened(self._client(call, form) or ("" if known else INVALID_GRANT), _id(row), url)
            case other if other == JWT_BEARER:
                row = self._asserted(form.get("assertion", ""))
                return self._opened("" if row else NOT_APPROVED, _id(row), url)
            case _:
                return _no("unsupported_grant_type", "grant type not supported")

    def revoke(self, call: Call) -> Reply:
        self.by_token.pop(_form(call).get("token", "") or call.parameters.get("token", ""), None)
        return Reply(200)

    def identity(self, user_id: str, url: str) -> dict[str, Any]:
        row = self.org.get("User", user_id)
        about = {"user_id": row["Id"], "organization_id": self.org.id, "username": row["Username"]}
        told = {"display_name": row["Name"], "email": row["Email"], "active": row["IsActive"], "user_type": "STANDARD"}
        return {"id": f"{url}/id/{self.org.id}/{row['Id']}", "asserted_user": True, **about, **told}

    def soap_login(self, call: Call, version: int, url: str) -> Reply:
        """What simple-salesforce and jsforce do with a user name, a password and a security token."""
        if version > LAST_SOAP_LOGIN:
            return _fault("UNSUPPORTED_API_VERSION", "login() is not available in this API version")
        try:
            root = ElementTree.fromstring(call.body, forbid_dtd=True)
        except (ElementTree.ParseError, DefusedXmlException, ValueError):
            return _fault("INVALID_OPERATION", "not a SOAP envelope")
        name, word = (root.findtext(f".//{{{PARTNER}}}{part}") or "" for part in ("username", "password"))
        row = self._named(name)
        if row is None or not self._password(name, word):
            said = "Invalid username, password, security token; or user locked out."
            return _fault("INVALID_LOGIN", said)
        server = f"{url}/services/Soap/u/{version}.0/{key(self.org.id)}"
        return Reply(200, _logged_in(self._open(row["Id"]), server, row["Id"]).encode(), media_type=XML)

    def _opened(self, fault: str, user_id: str, url: str) -> Reply:
        if fault:
            code, _, said = fault.partition(": ")
            return _no(code, said)
        told = {"access_token": self._open(user_id), "instance_url": url, "token_type": "Bearer", "scope": "api"}
        who = f"{url}/id/{self.org.id}/{user_id}"
        return json_reply(
            {**told, "id": who, "issued_at": str(int(time.time() * 1000)), "signature": secrets.token_hex(16)}
        )

    def _open(self, user_id: str) -> str:
        token = f"{self.org.id}!{secrets.token_urlsafe(48)}"
        self.by_token[token] = user_id
        return token

    def _client(self, call: Call, form: dict[str, str]) -> str:
        """What is wrong with the connected app's key and secret; empty when nothing is."""
        given = basic(call.headers.get("authorization", "")) or (
            form.get("client_id", ""),
            form.get("client_secret", ""),
        )
        same = secrets.compare_digest(given[1].encode(), self.client_secret.encode())
        return "" if given[0] == self.client_id and same else "invalid_client: invalid client credentials"

    def _password(self, name: str, word: str) -> bool:
        wanted = self.passwords.get(name.casefold())
        return wanted is not None and secrets.compare_digest(wanted.encode(), word.encode())

    def _named(self, name: str) -> Row | None:
        wanted = name.casefold()
        return next((r for r in self.org.records("User") if r["Username"].casefold() == wanted and r["IsActive"]), None)

    def _asserted(self, assertion: str) -> Row | None:
        try:
            claims = jwt.decode(
                assertion, self.certificate, algorithms=["RS256"], options={"verify_aud": False}, leeway=0
            )
        except (jwt.PyJWTError, ValueError, TypeError):
            return None
        return self._named(str(claims.get("sub"))) if claims.get("iss") == self.client_id else None


INVALID_GRANT = "invalid_grant: authentication failure"
NOT_APPROVED = "invalid_grant: user hasn't approved this consumer"


def bearer(call: Call) -> str:
    kind, _, told = call.headers.get("authorization", "").partition(" ")
    return told.strip() if kind.lower() in ("bearer", "oauth") else ""


def basic(header: str) -> tuple[str, str] | None:
    kind, _, told = header.partition(" ")
    if kind != "Basic":
        return None
    try:
        name, _, word = b64decode(told, validate=True).decode().partition(":")
    except (Error, ValueError):
        return None
    return name, word


def _form(call: Call) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(call.body.decode("utf-8", "replace")).items()}


def _id(row: Row | None) -> str:
    return str(row["Id"]) if row else ""


def _no(code: str, said: str) -> Reply:
    return json_reply({"error": code, "error_description": said}, 400)


def _fault(code: str, said: str) -> Reply:
    detail = f"<sf:exceptionCode>{code}</sf:exceptionCode><sf:exceptionMessage>{escape(said)}</sf:exceptionMessage>"
    body = (
        '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope'
        ' xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="urn:fault.partner.soap.sforce.com"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><soapenv:Fault>'
        f"<faultcode>sf:{code}</faultcode><faultstring>{code}: {escape(said)}</faultstring>"
        f'<detail><sf:LoginFault xsi:type="sf:LoginFault">{detail}</sf:LoginFault></detail>'
        "</soapenv:Fault></soapenv:Body></soapenv:Envelope>"
    )
    return Reply(500, body.encode(), media_type=XML)


def _logged_in(token: str, server: str, user_id: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope'
        f' xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="{PARTNER}"><soapenv:Body><loginResponse>'
        f"<result><metadataServerUrl>{server.replace('/u/', '/m/')}</metadataServerUrl>"
        "<passwordExpired>false</passwordExpired><sandbox>true</sandbox>"
        f"<serverUrl>{server}</serverUrl><sessionId>{token}</sessionId><userId>{user_id}</userId></result>"
        "</loginResponse></soapenv:Body></soapenv:Envelope>"
    )
