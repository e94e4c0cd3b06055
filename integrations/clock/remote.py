"""A clock that lies elsewhere and can be turned: the sandbox's."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from time import monotonic

import requests

from integrations import http
from integrations.errors import Busy, Refused, Unauthorised, Unknown
from integrations.http import call, checked, json_object, origin

FRESH_S = 0.2
SILENCE_S = 1
WAITED_FOR_S = 10  # when nothing can be done without its answer
RETRY_S = 1


@dataclass(frozen=True, slots=True)
class _Reading:
    """The other clock said `told` when ours, which only goes forward, showed `at` seconds."""

    told: datetime
    at: float

    def now(self) -> datetime:
        return self.told + timedelta(seconds=monotonic() - self.at)


class RemoteClock:
    """Reads the other clock when its last reading is 0.2 s old, and goes on by itself when it is away."""

    def __init__(self, url: str, session: requests.Session | None = None) -> None:
        if not origin(url):
            raise ValueError(f"not an address: {url}")
        self._session = session or http.session(url)
        self._url = url.rstrip("/")
        self._reading: _Reading | None = None
        self._latest = datetime.min.replace(tzinfo=UTC)
        self._tried = 0.0
        self._asking, self._telling = Lock(), Lock()

    def now(self) -> datetime:
        """Never earlier than the last answer. Busy("clock.unreachable") when it could not be read even once."""
        reading = self._reading
        if reading is None:
            reading = self._first()
        elif monotonic() - self._tried > FRESH_S and self._asking.acquire(blocking=False):
            try:
                reading = self._again(reading)
            finally:
                self._asking.release()
        with self._telling:
            self._latest = max(self._latest, reading.now())
            return self._latest

    def read(self) -> None:
        """At once, after the other clock was turned. Raises Busy, Refused, Unauthorised or Unknown."""
        with self._asking:
            self._reading = self._ask(WAITED_FOR_S)

    def _first(self) -> _Reading:
        with self._asking:
            if self._reading is None:
                try:
                    self._reading = self._ask(WAITED_FOR_S)
                except (Busy, Refused, Unauthorised, Unknown):
                    raise Busy("clock.unreachable", RETRY_S) from None
            return self._reading

    def _again(self, last: _Reading) -> _Reading:
        try:
            self._reading = self._ask(SILENCE_S)
        except (Busy, Refused, Unauthorised, Unknown):
            return last
        return self._reading

    def _ask(self, silence_s: float) -> _Reading:
        """The answer is held to be from the middle of the call."""
        began = monotonic()
        try:
            reply = call(self._session.request, "GET", self._url + "/now", silence_s)
        finally:
            self._tried = monotonic()
        told = _moment(json_object(checked(reply)).get("now"))
        return _Reading(told, (began + self._tried) / 2)


def _moment(told: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(told))
    except ValueError:
        raise Unknown("malformed") from None
    if moment.tzinfo is None:
        raise Unknown("malformed")
    return moment.astimezone(UTC)
