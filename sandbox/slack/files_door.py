"""Bytes in and out: the address of an upload, and url_private."""

from sandbox.slack import bodies
from sandbox.slack.entities import File
from sandbox.slack.errors import SlackError
from sandbox.slack.site import Site
from sandbox.slack.web_api import authorised, token
from sandbox.web import Call, Reply

LOGIN = b"<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in</body></html>"


def take(site: Site, secret: str, call: Call) -> Reply:
    """Raw bytes or one part; the address itself is the permission."""
    with site.lock:
        file = next((f for f in site.world.files.values() if f.secret == secret and not f.completed), None)
        if file is None or call.method not in ("POST", "PUT"):
            return _text(404, "Not Found")
        body = _bytes(call)
        if len(body) != file.length:
            return _text(400, f"expected {file.length} bytes, got {len(body)}")
        file.body = body
        return _text(200, f"OK - {len(body)}")


def give(site: Site, path: str, call: Call) -> Reply:
    """`path`: [download/]T-F/name. Without a good token, Slack shows its login page, with a 200."""
    try:
        authorised(site, token(call, dict(call.parameters)))
    except SlackError:
        return Reply(200, LOGIN, media_type="text/html; charset=utf-8")
    file = _named(site, path.removeprefix("download/"))
    if file is None or file.body is None:
        return _text(404, "Not Found")
    if not site.app.may("files:read"):
        return _text(403, "Forbidden")
    return Reply(200, file.body, media_type=file.mimetype)


def _bytes(call: Call) -> bytes:
    if bodies.content_type(call).get_content_type() != "multipart/form-data":
        return call.body
    parts = bodies.parts(call)
    return parts[0][1] if parts else b""


def _named(site: Site, path: str) -> File | None:
    file_id = path.partition("/")[0].rpartition("-")[2]
    file = site.world.files.get(file_id)
    return file if file is not None and file.completed and not file.deleted else None


def _text(status: int, said: str) -> Reply:
    return Reply(status, said.encode(), media_type="text/plain")
