"""A deal is the tuple of its parts; each fact belongs to one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import Annotated, Any, get_args

from pydantic import Field

from bot.streams.deal import (
    afterwards,
    approving,
    asking_back,
    books,
    bottlenecks,
    comments,
    comparing,
    delivery,
    envelope,
    escalations,
    handoff,
    held_time,
    memo,
    offers,
    opening,
    package,
    papers,
    parked,
    priority,
    progress,
    redlines,
    reminders,
    retention,
    risks,
    sharing,
    signals,
    standing,
    steps,
)
from bot.streams.deal.afterwards import Afterwards, AfterwardsFact
from bot.streams.deal.approvals import ApprovalFact
from bot.streams.deal.approving import Approvals
from bot.streams.deal.asking_back import AskingBack, AskingBackFact
from bot.streams.deal.books import Books, BooksFact
from bot.streams.deal.bottlenecks import BottleneckFact, Bottlenecks
from bot.streams.deal.comments import CommentFact, Comments
from bot.streams.deal.comparing import Comparing, ComparingFact
from bot.streams.deal.delivery import Delivery, DeliveryFact
from bot.streams.deal.envelope import Envelope, EnvelopeFact
from bot.streams.deal.escalations import EscalationFact, Escalations
from bot.streams.deal.handoff import Handoff, HandoffFact
from bot.streams.deal.handovers import HandoverFact
from bot.streams.deal.held_time import HeldTime, HeldTimeFact
from bot.streams.deal.memo import Memo, MemoFact
from bot.streams.deal.offers import OfferFact, Offers
from bot.streams.deal.opening import Opening, OpeningFact
from bot.streams.deal.opportunity import Opportunity
from bot.streams.deal.package import Package, PackageFact
from bot.streams.deal.papers import Papers, PapersFact
from bot.streams.deal.parked import Parked, ParkedFact
from bot.streams.deal.priority import Priority, PriorityFact
from bot.streams.deal.progress import Progress, ProgressFact
from bot.streams.deal.redlines import RedlineFact, Redlines
from bot.streams.deal.reminders import ReminderFact, Reminders
from bot.streams.deal.retention import Keeping, RetentionFact
from bot.streams.deal.risks import RiskFact, Risks
from bot.streams.deal.sharing import Sharing, SharingFact
from bot.streams.deal.signals import MessageHeard, SignalFact, Signals
from bot.streams.deal.standing import StandingFact, Standings
from bot.streams.deal.steps import StepFact, Steps

DealFact = Annotated[
    OpeningFact
    | SignalFact
    | PackageFact
    | PapersFact
    | MemoFact
    | RedlineFact
    | ApprovalFact
    | ReminderFact
    | EscalationFact
    | BottleneckFact
    | PriorityFact
    | ProgressFact
    | RiskFact
    | AskingBackFact
    | HeldTimeFact
    | EnvelopeFact
    | BooksFact
    | HandoffFact
    | ParkedFact
    | StepFact
    | OfferFact
    | StandingFact
    | ComparingFact
    | SharingFact
    | CommentFact
    | RetentionFact
    | DeliveryFact
    | AfterwardsFact
    | HandoverFact,
    Field(discriminator="kind"),
]


@dataclass(frozen=True, slots=True)
class Deal:
    id: str
    opening: Opening = Opening()
    signals: Signals = Signals()
    package: Package = Package()
    papers: Papers = Papers()
    memo: Memo = Memo()
    redlines: Redlines = Redlines()
    approvals: Approvals = Approvals()
    reminders: Reminders = Reminders()
    escalations: Escalations = Escalations()
    bottlenecks: Bottlenecks = Bottlenecks()
    priority: Priority = Priority()
    progress: Progress = Progress()
    risks: Risks = Risks()
    asking_back: AskingBack = AskingBack()
    held_time: HeldTime = HeldTime()
    envelope: Envelope = Envelope()
    books: Books = Books()
    handoff: Handoff = Handoff()
    parked: Parked = Parked()
    steps: Steps = Steps()
    offers: Offers = Offers()
    standings: Standings = Standings()
    comparing: Comparing = Comparing()
    sharing: Sharing = Sharing()
    comments: Comments = Comments()
    keeping: Keeping = Keeping()
    delivery: Delivery = Delivery()
    afterwards: Afterwards = Afterwards()
    handovers: tuple[HandoverFact, ...] = ()

    @property
    def opportunity(self) -> Opportunity | None:
        return self.opening.opportunity

    @property
    def heard_from_them(self) -> tuple[MessageHeard, ...]:
        """The newest of what people of another workspace than ours wrote, oldest first."""
        ours = self.opening.rep.partition(":")[0]
        return tuple(said for said in self.signals.heard if said.speaker.partition(":")[0] != ours)

    @property
    def customer(self) -> str:
        return self.opportunity.account.short_name if self.opportunity else ""


_PARTS = (
    ("opening", opening.apply, get_args(OpeningFact)),
    ("signals", signals.apply, get_args(SignalFact)),
    ("package", package.apply, get_args(PackageFact)),
    ("papers", papers.apply, get_args(PapersFact)),
    ("memo", memo.apply, get_args(MemoFact)),
    ("redlines", redlines.apply, get_args(RedlineFact)),
    ("approvals", approving.apply, get_args(ApprovalFact)),
    ("reminders", reminders.apply, (ReminderFact,)),
    ("escalations", escalations.apply, (EscalationFact,)),
    ("bottlenecks", bottlenecks.apply, (BottleneckFact,)),
    ("priority", priority.apply, get_args(PriorityFact)),
    ("progress", progress.apply, (ProgressFact,)),
    ("asking_back", asking_back.apply, get_args(AskingBackFact)),
    ("risks", risks.apply, get_args(RiskFact)),
    ("held_time", held_time.apply, get_args(HeldTimeFact)),
    ("envelope", envelope.apply, get_args(EnvelopeFact)),
    ("books", books.apply, get_args(BooksFact)),
    ("handoff", handoff.apply, get_args(HandoffFact)),
    ("parked", parked.apply, get_args(ParkedFact)),
    ("steps", steps.apply, get_args(StepFact)),
    ("offers", offers.apply, get_args(OfferFact)),
    ("delivery", delivery.apply, get_args(DeliveryFact)),
    ("standings", standing.apply, get_args(StandingFact)),
    ("comparing", comparing.apply, get_args(ComparingFact)),
    ("sharing", sharing.apply, get_args(SharingFact)),
    ("comments", comments.apply, get_args(CommentFact)),
    ("keeping", retention.apply, get_args(RetentionFact)),
    ("afterwards", afterwards.apply, (AfterwardsFact,)),
)
_PART: dict[type, tuple[str, Callable[[Any, Any], Any]]] = {
    kind: (name, step) for name, step, kinds in _PARTS for kind in kinds
}


def apply(deal: Deal, fact: DealFact) -> Deal:
    if isinstance(fact, get_args(HandoverFact)):
        return replace(deal, handovers=(*deal.handovers, fact))
    name, step = _PART[type(fact)]
    changed: dict[str, Any] = {name: step(getattr(deal, name), fact)}
    return replace(deal, **changed)


def fold(deal: Deal, facts: Iterable[DealFact]) -> Deal:
    return reduce(apply, facts, deal)
