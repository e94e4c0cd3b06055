"""One name for an approval policy: the same rules have the same, in whatever order a set is read."""

import json
from typing import Any

from pydantic import BaseModel

from bot.playbook.approving import Approvals
from bot.streams.ids import digest


def policy_digest(policy: Approvals) -> str:
    return digest(json.dumps(_plain(policy), sort_keys=True))


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    return value if isinstance(value, bool | int | None) else str(value)
