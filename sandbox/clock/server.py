"""A clock that goes on by itself and can be turned forward: GET /now, POST /turn."""

import json
import math
import threading
import time
from datetime import UTC, datetime, timedelta

from sandbox.web import Call, Reply, Served, WebServer, application, json_reply


class NotForward(ValueError):
    """What already happened cannot come again."""


class ClockServer:
    def __init__(self, start: datetime | None = None) -> None:
        """`start` is aware; the machine's time when left out."""
        self._began = (start or datetime.now(UTC)).astimezone(UTC)
        self._ticks = time.monotonic()
        self._turned = timedelta()
        self._held_at: float | None = None
        self._lock = threading.Lock()
        self._web = WebServer(application(self.answer))
        self.served: list[Served] = []

    @property
    def url(self) -> str:
        return self._web.url

    def start(self) -> None:
        self._web.start()

    def stop(self) -> None:
        self._web.stop()

    def now(self) -> datetime:
        """Aware, UTC."""
        ticks = self._held_at if self._held_at is not None else time.monotonic()
        return self._began + self._turned + timedelta(seconds=ticks - self._ticks)

    @property
    def held(self) -> bool:
        return self._held_at is not None

    def hold(self) -> None:
        """Stands still, and can still be turned."""
        with self._lock:
            self._held_at = self._held_at if self._held_at is not None else time.monotonic()

    def go(self) -> None:
        """On from where it stood."""
        with self._lock:
            if self._held_at is not None:
                self._ticks += time.monotonic() - self._held_at
                self._held_at = None

    def turn(self, by: timedelta) -> datetime:
        """Forward. The time it then is; raises NotForward."""
        with self._lock:
            self._turn(by)
            return self.now()

    def turn_to(self, to: datetime) -> datetime:
        with self._lock:
            self._turn(to - self.now())
            return self.now()

    def answer(self, call: Call) -> Reply:
        reply = self._answer(call)
        self.served.append(Served(call.method, call.path, reply.status))
        return reply

    def _answer(self, call: Call) -> Reply:
        match call.method, call.path:
            case "GET", "/now":
                return _told(self.now())
            case "POST", "/turn":
                return self._turned_by(call.body)
        return json_reply({"error": "not_found"}, 404)

    def _turned_by(self, body: bytes) -> Reply:
        try:
            asked = json.loads(body)
        except ValueError:
            return json_reply({"error": "not_json"}, 400)
        try:
            match asked:
                case {"to": str(to), **rest} if not rest:
                    return _told(self.turn_to(_aware(to)))
                case {"seconds": int() | float() as seconds, **rest} if not rest:
                    return _told(self.turn(_span(seconds)))
        except NotForward:
            return json_reply({"error": "not_forward"}, 422)
        except (ValueError, OverflowError):
            pass
        return json_reply({"error": "invalid"}, 422)

    def _turn(self, by: timedelta) -> None:
        if by < timedelta():
            raise NotForward
        turned = self._turned + by
        _ = self._began + turned + timedelta(days=366)  # a year that dates have
        self._turned = turned


def _told(moment: datetime) -> Reply:
    return json_reply({"now": moment.isoformat()})


def _aware(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment


def _span(seconds: float) -> timedelta:
    if isinstance(seconds, bool) or not math.isfinite(seconds):
        raise ValueError("not seconds")
    return timedelta(seconds=seconds)
