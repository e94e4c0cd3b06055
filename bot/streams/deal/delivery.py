"""How a package reached the customer: what was drafted, which way a person chose, what came back, what follows."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from bot.streams.decision import Command, Fact
from bot.streams.ids import digest
from bot.streams.value import Value

Way = Literal["rep", "us", "present"]
What = Literal["delivered", "opened", "forwarded", "replied", "bounced", "away"]
Because = Literal["ignored", "opened", "forwarded"]


class Mail(Value):
    """As the customer would read it. `files` are hashes of what goes with it."""

    to_name: str
    to_email: str
    subject: str
    text: str
    files: tuple[str, ...] = ()

    @property
    def seen(self) -> str:
        """What a person's click is bound to."""
        return digest(self.to_email, self.subject, self.text, *self.files)


class Timing(Value):
    """`at` is the best moment, `zone` the customer's. `of` moments of theirs were looked at; not `known`: too few.
    `hour` begins the window in which `inside` of them lie; the share's interval in basis points."""

    at: datetime
    zone: str
    channel: Literal["mail", "slack"]
    known: bool
    of: int
    inside: int = 0
    hour: int = 0
    low: int = 0
    high: int = 0


class Slot(Value):
    starts_at: datetime
    ends_at: datetime


class Spoken(Value):
    """From second to second of the two minutes."""

    begins: int
    ends: int
    title: str
    says: str


class FollowUp(Value):
    """What would be written then, so that it can be read before it is needed."""

    because: Because
    letter: Mail


class RecordDraft(Command):
    """`style` says in words how the mail was written, and why."""

    version: int
    hash: str
    letter: Mail
    invitation: Mail
    language: str
    style: tuple[str, ...]
    timing: Timing
    slots: tuple[Slot, ...]
    run: tuple[Spoken, ...]
    follow_ups: tuple[FollowUp, ...]


class RecordDeliveryPosted(Command):
    version: int
    ts: str


class ChooseDelivery(Command):
    """`seen` is the mail that the person looked at; `later`: at the best moment, else now; `slot` counts from 0."""

    way: Way
    seen: str
    later: bool = False
    slot: int = -1


class SendDue(Command):
    """A deadline gives it."""

    version: int
    seen: str


class SayPresented(Command):
    """The rep showed it in person."""


class RecordMailed(Command):
    """`number` is 0 for the package's mail, else the follow-up's."""

    number: int
    message_id: str


class NoticeMail(Command):
    """What the mail system, or an answer, tells. `who` is the address that it is about."""

    what: What
    who: str
    at: datetime


class ProposeFollowUp(Command):
    """A deadline gives it."""

    version: int


class AnswerFollowUp(Command):
    """`seen` is the mail that the person looked at."""

    number: int
    send: bool
    seen: str


class DeliveryDrafted(Fact):
    kind: Literal["delivery.drafted"] = "delivery.drafted"
    version: int
    hash: str
    letter: Mail
    invitation: Mail
    language: str
    style: tuple[str, ...]
    timing: Timing
    slots: tuple[Slot, ...]
    run: tuple[Spoken, ...]
    follow_ups: tuple[FollowUp, ...]
    at: datetime


class DeliveryPosted(Fact):
    kind: Literal["delivery.posted"] = "delivery.posted"
    version: int
    ts: str


class DeliveryChosen(Fact):
    kind: Literal["delivery.chosen"] = "delivery.chosen"
    way: Way
    by: str
    at: datetime
    due_at: datetime
    slot: Slot | None = None


class DeliveryDropped(Fact):
    """It was to be sent later, and the package or its mail is another by now."""

    kind: Literal["delivery.dropped"] = "delivery.dropped"
    at: datetime


class Delivered(Fact):
    kind: Literal["delivery.made"] = "delivery.made"
    way: Way
    version: int
    to_email: str
    message_id: str
    at: datetime


class MailNoticed(Fact):
    kind: Literal["delivery.noticed"] = "delivery.noticed"
    what: What
    who: str
    at: datetime


class FollowUpProposed(Fact):
    kind: Literal["delivery.follow_up"] = "delivery.follow_up"
    number: int
    because: Because
    letter: Mail
    at: datetime


class FollowUpAnswered(Fact):
    kind: Literal["delivery.follow_up_answered"] = "delivery.follow_up_answered"
    number: int
    sends: bool
    by: str
    at: datetime


class FollowUpSent(Fact):
    kind: Literal["delivery.follow_up_sent"] = "delivery.follow_up_sent"
    number: int
    message_id: str
    at: datetime


DeliveryFact = (
    DeliveryDrafted
    | DeliveryPosted
    | DeliveryChosen
    | DeliveryDropped
    | Delivered
    | MailNoticed
    | FollowUpProposed
    | FollowUpAnswered
    | FollowUpSent
)
KEPT = 50  # the newest that was noticed; the ledger has it all


@dataclass(frozen=True, slots=True)
class Delivery:
    """Of the newest package that was ready; a new draft begins anew. `noticed` is all that ever came back, `back` what
    came since the delivery."""

    drafted: DeliveryDrafted | None = None
    posted: DeliveryPosted | None = None
    chosen: DeliveryChosen | None = None
    made: Delivered | None = None
    noticed: tuple[MailNoticed, ...] = ()
    back: tuple[MailNoticed, ...] = ()
    proposed: FollowUpProposed | None = None
    answered: FollowUpAnswered | None = None
    sent: tuple[FollowUpSent, ...] = ()

    def noticed_since(self, what: What) -> tuple[MailNoticed, ...]:
        """The delivery."""
        return tuple(noticed for noticed in self.back if noticed.what == what)

    def mail(self, number: int) -> Mail | None:
        """The package's own, or the follow-up's that is proposed."""
        if number == 0:
            return self.drafted.letter if self.drafted else None
        return self.proposed.letter if self.proposed and self.proposed.number == number else None

    @property
    def open_proposal(self) -> FollowUpProposed | None:
        answered = self.answered.number if self.answered else 0
        return self.proposed if self.proposed and self.proposed.number > answered else None


def apply(state: Delivery, fact: DeliveryFact) -> Delivery:
    match fact:
        case DeliveryDrafted():
            return Delivery(drafted=fact, noticed=state.noticed)
        case DeliveryPosted():
            return replace(state, posted=fact)
        case DeliveryChosen():
            return replace(state, chosen=fact)
        case DeliveryDropped():
            return replace(state, chosen=None)
        case Delivered():
            return replace(state, made=fact, back=())
        case MailNoticed():
            return replace(state, noticed=(*state.noticed, fact)[-KEPT:], back=(*state.back, fact)[-KEPT:])
        case FollowUpProposed() | FollowUpAnswered() | FollowUpSent():
            return _followed(state, fact)
        case _:
            assert_never(fact)


def _followed(state: Delivery, fact: FollowUpProposed | FollowUpAnswered | FollowUpSent) -> Delivery:
    match fact:
        case FollowUpProposed():
            return replace(state, proposed=fact)
        case FollowUpAnswered():
            return replace(state, answered=fact)
        case FollowUpSent():
            return replace(state, sent=(*state.sent, fact))
        case _:
            assert_never(fact)
