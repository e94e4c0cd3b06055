"""What a person's stream answers when a request cannot be taken: somebody else is to be asked."""

from typing import Literal

from bot.streams.deal.approvals import AnswerOffer
from bot.streams.decision import Context
from bot.streams.effects import Effect, Tell
from bot.streams.ids import SYSTEM
from bot.streams.news.news import AskOwner
from bot.streams.person.person import Person, Task


def back(person: Person, task: Task, why: Literal["away", "nobody_there"], context: Context) -> tuple[Effect, ...]:
    if task.kind in ("stale", "policy", "practice", "proposal"):
        return ()  # the next look around finds another owner; a policy is asked of all its owners
    if task.kind == "news":
        next_one = AskOwner(stream_id=task.deal, actor=SYSTEM)
        return (Tell(stream_id=task.deal, command="AskOwner", body=next_one.model_dump(mode="json")),)
    reason = context.playbook.word(f"offer.{why}")
    answer = AnswerOffer(
        stream_id=task.deal,
        actor=SYSTEM,
        task=task.id,
        person=person.profile.user if person.profile else "",
        taken=False,
        reason=reason,
        away=why == "away",
    )
    return (Tell(stream_id=task.deal, command=type(answer).__name__, body=answer.model_dump(mode="json")),)
