"""What the outside world is owed. Plain data; jobs/effects carries it out."""

from enum import StrEnum
from typing import Any, ClassVar, Literal

from bot.streams.value import Value


class Lane(StrEnum):
    """One outside system. Within a stream and a lane, effects happen in the order they were owed."""

    AGENT = "agent"
    BOOKS = "books"
    CALENDAR = "calendar"
    MAIL = "mail"
    SALESFORCE = "salesforce"
    SLACK = "slack"
    STREAMS = "streams"


OURS = frozenset({Lane.AGENT, Lane.STREAMS})  # no provider stands behind these


class Effect(Value):
    """`after` names a kind of effect of the same stream that must be done before this one may begin."""

    lane: ClassVar[Lane]
    coalesces: ClassVar[bool] = False
    kind: str
    after: str = ""
    put_off: int = 0  # how often it had no place to go


class InSlack(Effect):
    lane: ClassVar[Lane] = Lane.SLACK


class EnsureChannel(InSlack):
    kind: Literal["channel.ensure"] = "channel.ensure"


class LookAtChannel(InSlack):
    """Is it shared by now, and is `user` one of ours?"""

    kind: Literal["channel.look"] = "channel.look"
    channel: str
    user: str


class LeaveChannel(InSlack):
    """Others can read there: the card becomes one sentence, all else of ours is deleted."""

    kind: Literal["channel.leave"] = "channel.leave"
    channel: str
    card_ts: str


class AddToChannel(InSlack):
    """One of ours, into the deal's internal channel."""

    kind: Literal["channel.add"] = "channel.add"
    user: str


class Introduce(InSlack):
    """Says in the shared channel who reads there, and pins it."""

    kind: Literal["introduction.post"] = "introduction.post"
    channel: str


class ReadSince(InSlack):  # what was said after `ts`, while we did not yet know that we may read there
    kind: Literal["channel.read_since"] = "channel.read_since"
    channel: str
    ts: str


class RefreshIntroduction(InSlack):
    coalesces: ClassVar[bool] = True
    kind: Literal["introduction.refresh"] = "introduction.refresh"


class PostCard(InSlack):
    kind: Literal["card.post"] = "card.post"


class RefreshCard(InSlack):
    coalesces: ClassVar[bool] = True
    kind: Literal["card.refresh"] = "card.refresh"


class ReadSpeaker(InSlack):
    """Who wrote a heard text; the answer carries the text to the reader."""

    kind: Literal["speaker.read"] = "speaker.read"
    text_id: str
    user: str


class PostSignal(InSlack):
    kind: Literal["signal.post"] = "signal.post"
    no: int


class RefreshSignal(InSlack):
    kind: Literal["signal.refresh"] = "signal.refresh"
    no: int


class PostPackage(InSlack):
    """Files and their card, in the deal card's thread."""

    kind: Literal["package.post"] = "package.post"
    version: int


class PostPlan(InSlack):
    """Who is asked to approve, with the policy line that asked for each, in the thread."""

    kind: Literal["plan.post"] = "plan.post"
    version: int


class PostNote(InSlack):
    """One line of history in the deal card's thread; `about` is a key of the playbook's copy."""

    kind: Literal["note.post"] = "note.post"
    about: str
    words: dict[str, str] = {}


class PostWin(InSlack):
    kind: Literal["win.post"] = "win.post"


class PostTask(InSlack):
    """A direct message to the person of this stream."""

    kind: Literal["task.post"] = "task.post"
    task_id: str


class RefreshTask(InSlack):
    kind: Literal["task.refresh"] = "task.refresh"
    task_id: str


class PostBundle(InSlack):
    """What was held back for the person of this stream, in one direct message."""

    kind: Literal["bundle.post"] = "bundle.post"
    bundle: int


class RefreshHome(InSlack):
    coalesces: ClassVar[bool] = True
    kind: Literal["home.refresh"] = "home.refresh"


class RefreshHomes(InSlack):
    """Of everybody who may see the company's switches."""

    coalesces: ClassVar[bool] = True
    kind: Literal["homes.refresh"] = "homes.refresh"


class ReadPeople(InSlack):
    coalesces: ClassVar[bool] = True
    kind: Literal["people.read"] = "people.read"


class PostDigest(InSlack):
    kind: Literal["digest.post"] = "digest.post"
    day: str
    period: Literal["daily", "weekly"] = "daily"


class RefreshTrouble(InSlack):
    """In the operators' channel: posted once, edited after that."""

    kind: Literal["trouble.refresh"] = "trouble.refresh"
    name: str


class InSalesforce(Effect):
    lane: ClassVar[Lane] = Lane.SALESFORCE


class ReadOpportunity(InSalesforce):
    kind: Literal["opportunity.read"] = "opportunity.read"
    opportunity_id: str


class RepriceOpportunity(InSalesforce):
    kind: Literal["opportunity.reprice"] = "opportunity.reprice"
    version: int


class CloseOpportunity(InSalesforce):
    kind: Literal["opportunity.close"] = "opportunity.close"


class AttachContract(InSalesforce):
    kind: Literal["contract.attach"] = "contract.attach"


class ReadUsers(InSalesforce):
    kind: Literal["users.read"] = "users.read"


class ReadHistory(InSalesforce):
    kind: Literal["history.read"] = "history.read"


class SendInvitation(Effect):
    """Not for any later envelope; without one, as it was owed before it was named, for the one that is out."""

    lane: ClassVar[Lane] = Lane.MAIL
    kind: Literal["invitation.send"] = "invitation.send"
    signer: int
    envelope: str = ""
    reminder: int = 0


class SendCopies(Effect):
    """To every outside signer: all have signed, and where the contract lies."""

    lane: ClassVar[Lane] = Lane.MAIL
    kind: Literal["copies.send"] = "copies.send"
    signer: int


class MailRequests(Effect):
    """To the person of this stream, who chose mail: what waits, and where to decide it."""

    lane: ClassVar[Lane] = Lane.MAIL
    kind: Literal["requests.mail"] = "requests.mail"
    tasks: tuple[str, ...]


class PutInBooks(Effect):
    """`document` is one that the deal's finance facts can make: invoice, schedule, journal or commission."""

    lane: ClassVar[Lane] = Lane.BOOKS
    kind: Literal["books.put"] = "books.put"
    book: Literal["invoices", "schedules", "journals", "commissions"]
    document: str


class InAgents(Effect):
    lane: ClassVar[Lane] = Lane.AGENT


class AssemblePackage(InAgents):
    kind: Literal["agent.contracts"] = "agent.contracts"
    version: int


class CheckPackage(InAgents):
    kind: Literal["agent.quality"] = "agent.quality"
    version: int


class StartApprovals(InAgents):
    kind: Literal["agent.approvals"] = "agent.approvals"
    version: int


class SealContract(InAgents):
    kind: Literal["agent.seal"] = "agent.seal"


class StartFinance(InAgents):
    kind: Literal["agent.finance"] = "agent.finance"


class StartHandoff(InAgents):
    kind: Literal["agent.handoff"] = "agent.handoff"


class StartLearning(InAgents):
    kind: Literal["agent.learning"] = "agent.learning"


class Tell(Effect):
    """Asks another stream. `stream_id`, or else the `system` and `foreign_id` of a link; `begins` is the kind of
    stream that is begun when nobody holds that link."""

    lane: ClassVar[Lane] = Lane.STREAMS
    kind: Literal["stream.tell"] = "stream.tell"
    stream_id: str = ""
    system: str = ""
    foreign_id: str = ""
    begins: str = ""
    command: str
    body: dict[str, Any]
