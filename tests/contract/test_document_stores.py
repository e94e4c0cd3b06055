"""One contract for every place where documents may lie: encrypted, whole, found by the owner's key alone."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from moto import mock_aws
from pydantic import SecretStr

from integrations.errors import Busy, Refused
from integrations.files.local import LocalFiles
from integrations.files.port import Blobs
from integrations.files.s3 import Bucket
from integrations.files.sealed import SealedFiles, _name
from integrations.salesforce.blobs import CrmBlobs
from integrations.salesforce.port import CrmFile
from integrations.salesforce.rest import Salesforce
from sandbox.salesforce.org import Org
from sandbox.salesforce.server import SalesforceServer
from tests.contract.salesforce_wire import CLIENT, ORG_ID, Standing, company

OURS, THEIRS, ERASED = "deal:ours", "deal:theirs", "deal:erased"
KEYS = {OURS: b"o" * 32, THEIRS: b"t" * 32}
BODY = b"contract of Brightwater Freight " * 2_000


def bucket(name: str = "documents", url: str = "") -> Bucket:
    return Bucket(name, "us-east-1", url, "key", SecretStr("secret"), deadline_s=5)


@pytest.fixture(params=["local", "s3", "salesforce"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SealedFiles]:
    if request.param == "local":
        yield LocalFiles(tmp_path, KEYS.get)
    elif request.param == "s3":
        with mock_aws():
            made = bucket()
            made._client.create_bucket(Bucket="documents")
            yield SealedFiles(made, KEYS.get)
    else:
        server = SalesforceServer(Org(ORG_ID, Standing()), *CLIENT)
        server.start()
        yield SealedFiles(CrmBlobs(server.url, *CLIENT), KEYS.get)
        server.stop()


def blobs(files: SealedFiles) -> Blobs:
    return files._blobs


def test_what_is_put_comes_back_and_only_to_its_owner(files: SealedFiles) -> None:
    digest = files.put(OURS, BODY)
    assert digest == sha256(BODY).hexdigest() == files.put(OURS, BODY)
    assert files.get(OURS, digest) == BODY
    for owner in (THEIRS, ERASED):
        with pytest.raises(Refused, match=r"^file\.missing$"):
            files.get(owner, digest)


def test_what_lies_there_says_nothing_and_a_damage_is_told_and_mended(files: SealedFiles) -> None:
    digest = files.put(OURS, BODY)
    place = blobs(files)
    name = _name(KEYS[OURS], digest)
    hidden = place.read(name)
    assert hidden is not None
    assert b"Brightwater" not in hidden
    place.write(name, hidden[:-1] + bytes([hidden[-1] ^ 1]))
    with pytest.raises(Refused, match=r"^file\.damaged$"):
        files.get(OURS, digest)
    files.put(OURS, BODY)
    assert files.get(OURS, digest) == BODY


def test_what_is_forgotten_is_gone_and_may_be_forgotten_again(files: SealedFiles) -> None:
    digest = files.put(OURS, BODY)
    for _ in range(2):
        files.forget(OURS, digest)
    files.forget(ERASED, digest)
    files.forget(OURS, "../../etc/passwd")
    with pytest.raises(Refused, match=r"^file\.missing$"):
        files.get(OURS, digest)


def test_a_bucket_that_is_missing_or_away_is_told_apart() -> None:
    with mock_aws(), pytest.raises(Refused):
        bucket("nobodys").write("ab" * 32, b"x")
    with mock_aws(), pytest.raises(Refused):
        bucket("nobodys").greet()
    with pytest.raises(Busy):
        bucket(url="http://127.0.0.1:9").greet()


@pytest.fixture
def salesforce() -> Iterator[tuple[SalesforceServer, Org]]:
    org = Org(ORG_ID, Standing())
    server = SalesforceServer(org, *CLIENT)
    server.start()
    yield server, org
    server.stop()


def filed(version: int, *templates: str) -> tuple[CrmFile, ...]:
    return tuple(
        CrmFile(
            key=f"deal:1:{template}:{version}",
            earlier=tuple(f"deal:1:{template}:{no}" for no in range(1, version)),
            title=template,
            file_name=f"{template}-v{version}.pdf",
            body=f"{template} {version}".encode(),
        )
        for template in templates
    )


def test_each_version_of_a_document_is_a_version_of_one_file_in_salesforce(
    salesforce: tuple[SalesforceServer, Org],
) -> None:
    server, org = salesforce
    deal = company(org)["Opportunity"]
    crm = Salesforce(server.url, *CLIENT)
    first = crm.file(deal, filed(1, "quote", "order-form"))
    assert crm.file(deal, filed(1, "quote", "order-form")) == first, "asked again, nothing is made twice"
    crm.file(deal, filed(3, "quote"))
    versions = org.records("ContentVersion")
    assert [(v["Title"], v["VersionNumber"], v["IsLatest"]) for v in versions] == [
        ("quote", "1", False),
        ("order-form", "1", True),
        ("quote", "2", True),
    ]
    assert versions[0]["ContentDocumentId"] == versions[2]["ContentDocumentId"]
    links = [link for link in org.records("ContentDocumentLink") if link["LinkedEntityId"] == deal]
    assert len(links) == 2, "the opportunity shows each document once"
