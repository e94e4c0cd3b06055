"""Files into a thread: an address each, the bytes, then one call that shares them all."""

from collections.abc import Sequence
from typing import Any

import requests
from slack_sdk import WebClient

from integrations.errors import Refused
from integrations.http import call, checked, origin
from integrations.slack.client import ask, entries, text
from integrations.slack.port import Upload
from integrations.slack.probe import file_name


def share(
    client: WebClient,
    session: requests.Session,
    origins: frozenset[str],
    where: tuple[str, str],
    sent: Sequence[Upload],
) -> tuple[str, ...]:
    """Killed before the last call, Slack throws the bytes away: shared are all of them, or none."""
    channel, thread_ts = where
    files = [{"id": _put(client, session, origins, file), "title": file.title} for file in sent]
    answer = ask(client.files_completeUploadExternal, files=files, channel_id=channel, thread_ts=thread_ts)
    told = {str(file.get("id")): file for file in entries(answer, "files")}
    return tuple(permalink(client, told.get(file["id"]) or file) for file in files)


def put(client: WebClient, session: requests.Session, origins: frozenset[str], file: Upload) -> str:
    """The same three steps without a channel: the file's id, for a block that shows it."""
    file_id = _put(client, session, origins, file)
    ask(client.files_completeUploadExternal, files=[{"id": file_id, "title": file.title}])
    return file_id


def renamed(key: str, files: Sequence[Upload]) -> tuple[Upload, ...]:
    return tuple(Upload(file_name(key, file.name), file.title, file.body) for file in files)


def permalink(client: WebClient, file: dict[str, Any]) -> str:
    """Sharing is finished after the answer: it may hold an id and no more."""
    if isinstance(link := file.get("permalink"), str) and link:
        return link
    return text(ask(client.files_info, file=text(file, "id")), "file", "permalink")


def _put(client: WebClient, session: requests.Session, origins: frozenset[str], file: Upload) -> str:
    answer = ask(client.files_getUploadURLExternal, filename=file.name, length=len(file.body))
    url = text(answer, "upload_url")
    if origin(url) not in origins:
        raise Refused("host.not_allowed")
    headers = {"Content-Type": "application/octet-stream"}
    checked(call(session.request, "POST", url, client.timeout, data=file.body, headers=headers))
    return text(answer, "file_id")
