"""What a person may be asked for."""

from typing import Literal

TaskKind = Literal[
    "approval",
    "policy",
    "reprice",
    "countersign",
    "handoff",
    "signing_stopped",
    "channel_moved",
    "parked",
    "memo",
    "news",
    "stale",
    "practice",
    "proposal",
    "redline",
    "late",
    "risk",
    "question",
    "answer",
    "counter",
    "bottleneck",
    "later",
    "place",
]
