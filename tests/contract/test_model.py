"""The sandbox's model against the vendor's own client."""

import json
from collections.abc import Iterator
from typing import Any

import openai
import pytest
from openai import OpenAI
from openai.types.chat import ChatCompletionMessageParam
from pydantic import BaseModel, ConfigDict, ValidationError

from sandbox.model.answers import cut_short, fails, filtered, hangs_up, invents, limited, refuses, says
from sandbox.model.server import CHAT, RESPONSES, ModelServer

TOKEN = "model-token"
TEXT = "We are happy with 22%, please send the contract."
MESSAGES: list[ChatCompletionMessageParam] = [
    {"role": "system", "content": "Read the customer's message."},
    {"role": "user", "content": [{"type": "text", "text": TEXT}]},
]


class Signal(BaseModel):
    model_config = ConfigDict(extra="forbid")
    intent: str
    quote: str


SAID = {"intent": "yes", "quote": "We are happy with 22%"}


@pytest.fixture
def server() -> Iterator[ModelServer]:
    server = ModelServer(TOKEN)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def client(server: ModelServer) -> Iterator[OpenAI]:
    with OpenAI(api_key=TOKEN, base_url=server.url, max_retries=0, timeout=5) as client:
        yield client


def ask(client: OpenAI, model: str = "sandbox") -> Any:
    parsed = client.chat.completions.parse(model=model, messages=MESSAGES, response_format=Signal, store=False)
    return parsed.choices[0].message


def respond(client: OpenAI) -> Any:
    return client.responses.parse(model="sandbox", input=TEXT, instructions="Read.", text_format=Signal, store=False)


def test_it_says_what_was_scripted(server: ModelServer, client: OpenAI) -> None:
    server.script(says(SAID), times=2)
    assert ask(client).parsed == Signal(**SAID)
    assert respond(client).output_parsed == Signal(**SAID)
    assert [asked.path for asked in server.journal] == [CHAT, RESPONSES]


def test_the_journal_holds_what_was_asked(server: ModelServer, client: OpenAI) -> None:
    server.script(says(SAID))
    ask(client)
    (asked,) = server.journal
    assert (asked.model, asked.status, asked.retry) == ("sandbox", 200, 0)
    assert asked.prompt == f"Read the customer's message.\n{TEXT}"
    assert asked.body["response_format"]["json_schema"]["strict"] is True
    assert asked.body["store"] is False
    assert TOKEN not in json.dumps(asked.body)


def test_answers_are_chosen_by_model_and_by_words(server: ModelServer, client: OpenAI) -> None:
    server.script(says({"intent": "other model", "quote": ""}), model="large")
    server.script(says({"intent": "other words", "quote": ""}), containing="termination")
    server.script(says({"intent": "first", "quote": ""}), containing="22%")
    server.script(says({"intent": "for ever", "quote": ""}), times=None)
    assert [ask(client).parsed.intent for _ in range(3)] == ["first", "for ever", "for ever"]
    assert ask(client, "large").parsed.intent == "other model"


def test_a_refusal_is_no_answer(server: ModelServer, client: OpenAI) -> None:
    server.script(refuses("No."), times=2)
    message = ask(client)
    assert (message.parsed, message.refusal) == (None, "No.")
    told = respond(client)
    assert told.output_parsed is None
    assert told.output[0].content[0].type == "refusal"


def test_a_cut_answer_is_told(server: ModelServer, client: OpenAI) -> None:
    server.script(cut_short(SAID), times=3)
    with pytest.raises(openai.LengthFinishReasonError):
        ask(client)
    with pytest.raises(ValidationError):
        respond(client)
    told = client.responses.create(model="sandbox", input=TEXT, store=False)
    assert told.status == "incomplete"
    assert told.incomplete_details is not None
    assert told.incomplete_details.reason == "max_output_tokens"
    assert json.dumps(SAID).startswith(told.output_text)


def test_a_filtered_answer_is_told(server: ModelServer, client: OpenAI) -> None:
    server.script(filtered())
    with pytest.raises(openai.ContentFilterFinishReasonError):
        ask(client)


def test_the_client_waits_as_long_as_it_is_told(server: ModelServer) -> None:
    server.script(limited(retry_after_s=1))
    server.script(says(SAID))
    with OpenAI(api_key=TOKEN, base_url=server.url, max_retries=1, timeout=5) as client:
        assert ask(client).parsed == Signal(**SAID)
    assert [(asked.status, asked.retry) for asked in server.journal] == [(429, 0), (200, 1)]


def test_a_limit_is_an_error_with_a_code_and_a_wait(server: ModelServer, client: OpenAI) -> None:
    server.script(limited(retry_after_s=42, code="insufficient_quota"))
    with pytest.raises(openai.RateLimitError) as caught:
        ask(client)
    assert caught.value.code == "insufficient_quota"
    assert caught.value.response.headers["Retry-After"] == "42"


def test_a_late_answer_is_a_timeout(server: ModelServer, client: OpenAI) -> None:
    server.script(says(SAID).after(3))
    with pytest.raises(openai.APITimeoutError):
        ask(client.with_options(timeout=0.2))


@pytest.mark.parametrize(
    ("answer", "error"), [(fails(500), openai.InternalServerError), (hangs_up(), openai.APIConnectionError)]
)
def test_a_failure_is_told(server: ModelServer, client: OpenAI, answer: Any, error: type[Exception]) -> None:
    server.script(answer)
    with pytest.raises(error):
        ask(client)


def test_an_invented_quote_does_not_stand_in_the_text(server: ModelServer, client: OpenAI) -> None:
    server.script(invents(SAID))
    parsed = ask(client).parsed
    assert parsed.intent == "yes"
    assert parsed.quote
    assert parsed.quote not in TEXT


def test_nothing_scripted_is_an_error_that_is_not_repeated(server: ModelServer) -> None:
    with (
        OpenAI(api_key=TOKEN, base_url=server.url, max_retries=2, timeout=5) as client,
        pytest.raises(openai.BadRequestError) as caught,
    ):
        ask(client)
    assert caught.value.code == "nothing_scripted"
    assert len(server.journal) == 1


def test_a_wrong_key_is_refused(server: ModelServer) -> None:
    server.script(says(SAID))
    with (
        OpenAI(api_key="another", base_url=server.url, max_retries=0) as client,
        pytest.raises(openai.AuthenticationError),
    ):
        ask(client)
    assert server.journal == []


def test_a_request_without_what_is_needed_is_refused(server: ModelServer, client: OpenAI) -> None:
    server.script(says(SAID))
    with pytest.raises(openai.BadRequestError) as caught:
        client.chat.completions.create(model="sandbox", messages=[])
    assert caught.value.param == "messages"
    with pytest.raises(openai.NotFoundError):
        client.embeddings.create(model="sandbox", input="x")


def test_its_models_are_listed(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["sandbox"]
