"""Sends signed Slack requests over loopback, each when the one before it on its connection was answered.

`python -m benchmarks.load < asked.json` prints the milliseconds of every answer. A process of its own, so that what it
costs is not mixed with what is measured.
"""

import hmac
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from http.client import HTTPConnection
from threading import Barrier
from typing import Any

PATH = "/slack/events"
TIMEOUT_S = 10


def main() -> int:
    asked = json.load(sys.stdin)
    connections = int(asked["connections"])
    shares = [asked["bodies"][n::connections] for n in range(connections)]
    gate = Barrier(connections)
    began = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        found = list(pool.map(lambda share: _send(asked, share, gate), shares))
    seconds = time.perf_counter() - began
    json.dump({"seconds": seconds, "answers": [answer for answers in found for answer in answers]}, sys.stdout)
    return 0


def _send(asked: dict[str, Any], bodies: list[str], gate: Barrier) -> list[tuple[int, float]]:
    """(status, milliseconds) of each."""
    connection = HTTPConnection("127.0.0.1", asked["port"], timeout=TIMEOUT_S)
    connection.connect()
    gate.wait()
    answers = []
    for body in bodies:
        raw = body.encode()
        headers = _signed(asked["secret"], raw)
        began = time.perf_counter()
        connection.request("POST", PATH, raw, headers | {"Content-Type": asked["content_type"]})
        answer = connection.getresponse()
        answer.read()
        answers.append((answer.status, (time.perf_counter() - began) * 1000))
    connection.close()
    return answers


def _signed(secret: str, raw: bytes) -> dict[str, str]:
    at = str(int(time.time()))
    digest = hmac.new(secret.encode(), f"v0:{at}:".encode() + raw, sha256).hexdigest()
    return {
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": f"v0={digest}",
    }


if __name__ == "__main__":
    sys.exit(main())
