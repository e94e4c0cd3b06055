"""A fuzzer that reads the doors' own schema: whatever it sends, no door breaks and nothing is written."""

from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok

from bot import front
from bot.handlers import web
from tests.hostile.knock import TIMEOUT_S, Knock, signed

Case = schemathesis.Case[Any]
EXAMPLES = 60
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]
# These two only say how the process is; they are asked once, by their own tests.
LOOKS = ("/healthz", "/readyz", "/metrics")


def test_no_door_breaks_and_nothing_is_written(knock: Knock) -> None:
    app = web.create(front.build(knock.world.settings, lambda stream: None, lambda: False))
    schema = schemathesis.openapi.from_dict(app.openapi())
    before, tried = knock.written(), []
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        if operation.path in LOOKS:
            continue
        tried.append(operation.path)
        _try(knock, operation.as_strategy())
    assert "/slack/events" in tried
    assert "/p/{token}/sign" in tried
    assert knock.written() == before


def _try(knock: Knock, cases: st.SearchStrategy[Case]) -> None:
    @given(cases)
    @settings(max_examples=EXAMPLES, suppress_health_check=QUIET)
    def answered(case: Case) -> None:
        told = case.as_transport_kwargs(base_url=knock.url)
        sent = requests.Request(**{name: told[name] for name in REQUEST if name in told}).prepare()
        body = sent.body.encode() if isinstance(sent.body, str) else sent.body or b""
        if case.path == "/slack/events":
            sent.headers.update(signed(body))
        answer = requests.Session().send(sent, timeout=TIMEOUT_S, allow_redirects=False)
        assert answer.status_code < 500, answer.text

    answered()


REQUEST = ("method", "url", "headers", "params", "data", "json", "cookies", "files")
