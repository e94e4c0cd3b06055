"""Token buckets with the documented numbers per minute; a post has a second one for each channel."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from sandbox.slack import system_time

TIERS: dict[str, str] = json.loads((Path(__file__).parent / "data" / "rate_limit_tiers.json").read_text("utf-8"))
PER_MINUTE = {"Tier1": 1, "Tier2": 20, "Tier3": 50, "Tier4": 100}
SPECIAL_PER_MINUTE = 600
POSTS_BURST = 10


@dataclass(slots=True)
class Bucket:
    size: float
    per_second: float
    level: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until there is a token; takes it when there is one."""
        self.level = min(self.size, self.level + (now - self.at) * self.per_second)
        self.at = now
        if self.level < 1:
            return (1 - self.level) / self.per_second
        self.level -= 1
        return 0


class RateLimits:
    """`scale` multiplies Slack's numbers; it counts for buckets that are not yet in use."""

    def __init__(self, ticks: Callable[[], float] = system_time.ticks) -> None:
        self.on = True
        self.scale = 1.0
        self._ticks = ticks
        self._buckets: dict[str, Bucket] = {}

    def retry_after(self, method: str, channel: str) -> int | None:
        """Whole seconds to wait, or None when the call may go on."""
        if not self.on:
            return None
        per_minute = PER_MINUTE.get(TIERS.get(method, ""), SPECIAL_PER_MINUTE)
        waits = [self._take(method, per_minute, per_minute / 60)]
        if method == "chat.postMessage":
            waits.append(self._take(f"{method} {channel}", POSTS_BURST, 1))
        return ceil(max(waits)) if max(waits) else None

    def _take(self, key: str, size: float, per_second: float) -> float:
        now, size = self._ticks(), size * self.scale
        bucket = self._buckets.setdefault(key, Bucket(size, per_second * self.scale, size, now))
        return bucket.wait(now)
