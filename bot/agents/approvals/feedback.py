"""After a decision: who is asked how it was. A sampled share, the same whenever it is asked again."""

from bot.streams.deal.approvals import Approval
from bot.streams.deal.deal import Deal
from bot.streams.decision import Context, Link
from bot.streams.effects import Tell
from bot.streams.ids import SYSTEM, digest
from bot.streams.person.feedback import AskFeedback, Question
from bot.streams.tell import tell, whoever

WHOLE = 10_000


def asked(deal: Deal, approval: Approval, by: str, over: bool, context: Context) -> tuple[Tell, ...]:
    """Who decided, and the rep when nothing more waits. Each person's own rule says whether it disturbs her."""
    of = {"deal": deal.id, "approval": approval.id, "rule": approval.rule, "title": approval.title}
    people = [(by, Question(**of, role=approval.role, side="approver"))]
    if over and deal.opening.rep:
        people.append((deal.opening.rep, Question(**of, role="rep", side="rep")))
    return tuple(_ask(who, about) for who, about in people if sampled(deal, who, context.playbook.feedback.sample))


def sampled(deal: Deal, person: str, share: int) -> bool:
    known = deal.opportunity.id if deal.opportunity else deal.id
    return int(digest("feedback", person, known)[:8], 16) % WHOLE < share


def _ask(person: str, about: Question) -> Tell:
    command = AskFeedback(stream_id=whoever("person"), actor=SYSTEM, about=about)
    return tell(Link("slack.user", person), "person", command)
