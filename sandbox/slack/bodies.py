"""What a request to Slack carries: JSON, a form, or parts."""

import json
from email.message import Message
from urllib.parse import parse_qsl

from sandbox.slack.errors import Json, SlackError
from sandbox.web import Call


def arguments(call: Call) -> Json:
    """Of the address and the body. An empty JSON body is none; raises Slack's word for a body it cannot read."""
    kind = content_type(call).get_content_type()
    given: Json = dict(call.parameters)
    if not call.body:
        return given
    if kind == "application/json":
        return given | _json(call.body)
    if kind == "application/x-www-form-urlencoded":
        return given | dict(parse_qsl(call.body.decode("utf-8", "replace"), keep_blank_values=True))
    if kind == "multipart/form-data":
        return given | {name: body.decode("utf-8", "replace") for name, body in parts(call)}
    raise SlackError("invalid_post_type")


def parts(call: Call) -> list[tuple[str, bytes]]:
    """The parts of a multipart body, byte for byte, with their names."""
    boundary = str(content_type(call).get_param("boundary") or "")
    if not boundary:
        raise SlackError("invalid_form_data")
    pieces = (b"\r\n" + call.body).split(b"\r\n--" + boundary.encode())[1:-1]
    return [_part(piece) for piece in pieces]


def content_type(call: Call) -> Message:
    header = Message()
    header["Content-Type"] = call.headers.get("content-type", "application/octet-stream")
    return header


def _part(piece: bytes) -> tuple[str, bytes]:
    head, _, body = piece.partition(b"\r\n\r\n")
    header = Message()
    for line in head.decode("utf-8", "replace").split("\r\n"):
        if line.casefold().startswith("content-disposition:"):
            header["Content-Disposition"] = line.partition(":")[2].strip()
    return str(header.get_param("name", "", "Content-Disposition")), body


def _json(body: bytes) -> Json:
    try:
        given = json.loads(body)
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not isinstance(given, dict):
        raise SlackError("json_not_object")
    return given
