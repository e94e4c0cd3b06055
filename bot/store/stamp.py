"""Who, when, why, by which code and playbook, and what the rule was shown of other streams."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from pydantic import BaseModel, field_validator

from bot.store.personal import SHOWN
from bot.streams.decision import Reads


class Stamp(BaseModel):
    """`relied` keeps ids and numbers of other streams' rows and none of their words: these must go when their own
    stream is erased, and this one is encrypted with another key."""

    actor: str
    at: datetime
    cause: str
    code: str
    playbook: str
    relied: Reads

    @field_validator("relied")
    @classmethod
    def _without_words(cls, relied: Reads) -> Reads:
        return Reads(
            **{f.name: tuple(_wordless(f.name, row) for row in getattr(relied, f.name)) for f in fields(relied)}
        )


def _wordless(read: str, row: Any) -> Any:
    return replace(row, **dict.fromkeys(SHOWN[read], ""))
