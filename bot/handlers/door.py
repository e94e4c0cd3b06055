"""What every door does first: how much may come in, in which bytes, and who is refused before anything is read."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request
from starlette.requests import ClientDisconnect

LARGEST = 1_048_576
MEDIA = {"json": "application/json", "form": "application/x-www-form-urlencoded", "xml": "text/xml"}
PLAIN = "text/plain; charset=utf-8"


async def raw(request: Request) -> bytes:
    """The body as it came. 413 as soon as it is too large, whatever its header says; packed bytes are not unpacked."""
    if request.headers.get("content-encoding", "identity").strip().casefold() != "identity":
        raise HTTPException(415, "send it without Content-Encoding")
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                raise HTTPException(413, f"at most {LARGEST} bytes")
    except ClientDisconnect:
        raise HTTPException(400, "the request ended early") from None
    return bytes(body)


Raw = Annotated[bytes, Depends(raw)]


def taking(**kinds: Mapping[str, Any]) -> dict[str, Any]:
    """What a door reads, for its schema: json, form and xml, each with the shape of its body."""
    content = {MEDIA[kind]: {"schema": dict(shape)} for kind, shape in kinds.items()}
    return {"requestBody": {"required": True, "content": content}}


def plain(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
