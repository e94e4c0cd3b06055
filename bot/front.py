"""What the web process works with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot import wiring
from bot.dispatch import Dispatcher
from bot.playbook.schema import Playbook
from bot.questions.ask import Ask
from bot.questions.health import Health
from bot.questions.homes import Homes
from bot.wiring import Settings
from integrations.esign.port import Links
from integrations.files.port import Files, ShareLinks
from integrations.mail.port import Requests
from integrations.slack.port import Slack
from integrations.slack.signature import Signature


@dataclass(frozen=True, slots=True)
class Front:
    settings: Settings
    dispatcher: Dispatcher
    ask: Ask
    homes: Homes
    slack: Slack
    files: Files
    links: Links
    shares: ShareLinks
    requests: Requests
    health: Health
    signed: Callable[[bytes, Mapping[str, str]], bool]
    ring: Callable[..., object]

    @property
    def playbook(self) -> Playbook:
        return self.dispatcher.playbook


def build(of: Settings, ring: Callable[..., object], queue: Callable[[], bool]) -> Front:
    """`queue`: does the queue server answer?"""
    made, system = wiring.dispatcher(of), wiring.system_clock().now
    return Front(
        settings=of,
        dispatcher=made,
        ask=Ask(made.store, made.playbook, made.code),
        homes=Homes(made.store, made.playbook, made.code, system),
        slack=wiring.slack_client(of),
        files=wiring.files(of, made.store),
        links=wiring.links(of),
        shares=wiring.shares(of),
        requests=wiring.requests(of),
        health=Health(made.store, made.clock, system, queue),
        signed=Signature((of.slack_signing_secret.get_secret_value(),), lambda: system().timestamp()),
        ring=ring,
    )
