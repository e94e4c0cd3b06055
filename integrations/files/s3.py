"""Files in a bucket that speaks S3: Amazon's own, or any other by its address."""

from typing import Any

from botocore.client import Config
from botocore.exceptions import BotoCoreError, ClientError
from pydantic import SecretStr

from integrations.errors import Busy, Refused, Unauthorised, Unknown
from integrations.files.port import Blobs

CONNECT_S, TRIES, RETRY_AFTER_S = 5, 2, 30
MISSING = frozenset({"NoSuchKey", "404", "NotFound"})
NO_CREDENTIALS = frozenset(
    {"AccessDenied", "ExpiredToken", "InvalidAccessKeyId", "InvalidToken", "SignatureDoesNotMatch", "403"}
)
WAIT = frozenset({"SlowDown", "RequestTimeout", "ServiceUnavailable", "InternalError", "Throttling", "503", "500"})


class Bucket:
    """`endpoint` is another server's address, empty for Amazon. Without `secret`, whatever gives boto3 its credentials:
    the machine's role, or its own files. Raises our errors alone."""

    def __init__(
        self,
        bucket: str,
        region: str,
        endpoint: str = "",
        key_id: str = "",
        secret: SecretStr | None = None,
        deadline_s: float = 25,
    ) -> None:
        import boto3

        own = secret and {"aws_access_key_id": key_id, "aws_secret_access_key": secret.get_secret_value()}
        wait = Config(
            connect_timeout=CONNECT_S,
            read_timeout=deadline_s,
            retries={"total_max_attempts": TRIES, "mode": "standard"},
            s3={"addressing_style": "path" if endpoint else "auto"},
        )
        self._bucket = bucket
        self._client: Any = boto3.client(
            "s3", region_name=region, endpoint_url=endpoint or None, config=wait, **(own or {})
        )

    def read(self, name: str) -> bytes | None:
        try:
            found = self._client.get_object(Bucket=self._bucket, Key=_key(name))
            body: bytes = found["Body"].read()
        except (BotoCoreError, ClientError) as no:
            if _code(no) in MISSING:
                return None
            raise _verdict(no) from None
        return body

    def write(self, name: str, body: bytes) -> None:
        """S3 shows an object whole or not at all."""
        self._ask("put_object", Key=_key(name), Body=body, ContentType="application/octet-stream")

    def remove(self, name: str) -> None:
        """Of a bucket that keeps versions, an older one stays until the bucket's own rule deletes it."""
        self._ask("delete_object", Key=_key(name))

    def greet(self) -> None:
        """Is the bucket there, and ours to use?"""
        self._ask("head_bucket")

    def _ask(self, method: str, **told: Any) -> None:
        try:
            getattr(self._client, method)(Bucket=self._bucket, **told)
        except (BotoCoreError, ClientError) as no:
            raise _verdict(no) from None


def _key(name: str) -> str:
    return f"{name[:2]}/{name}"


def _code(no: BotoCoreError | ClientError) -> str:
    return str(no.response.get("Error", {}).get("Code", "")) if isinstance(no, ClientError) else type(no).__name__


def _verdict(no: BotoCoreError | ClientError) -> Exception:
    """Same name, same bytes: whatever was lost on the way can be asked again."""
    code = _code(no)
    if code in NO_CREDENTIALS or "Credentials" in code:
        return Unauthorised(code)
    if isinstance(no, BotoCoreError) or code in WAIT:
        return Busy(code, RETRY_AFTER_S)
    return Refused(code) if code else Unknown("unknown")


_conforms: type[Blobs] = Bucket
