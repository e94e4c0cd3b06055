"""How one stream asks another: always by an effect, never inside a transaction."""

from bot.streams.decision import Command, DecidedBy, Link
from bot.streams.effects import Tell
from bot.streams.ids import SYSTEM, stream_id
from bot.streams.person.person import CloseTask, OfferTask, ShowAgain, Task

OF_ACCOUNT = "customer.account"  # the system of the links by which a customer is found
NOBODY_YET = "0" * 26  # stands in for an id that the link, or a fresh one, replaces


def tell(address: Link, begins: str, command: Command) -> Tell:
    return Tell(
        system=address.system,
        foreign_id=address.foreign_id,
        begins=begins,
        command=type(command).__name__,
        body=command.model_dump(mode="json"),
    )


def whoever(kind: str) -> str:
    """The stream id of a command whose address says who gets it."""
    return stream_id(kind, NOBODY_YET)


def offer(person: str, task: Task, only_you: bool = False) -> Tell:
    """A request for one of our people, by team:user id."""
    command = OfferTask(stream_id=whoever("person"), actor=SYSTEM, task=task, only_you=only_you)
    return tell(Link("slack.user", person), "person", command)


def close(person: str, task_id: str, withdrawn: bool = False, by: str = "", door: DecidedBy = "slack") -> Tell:
    """`withdrawn`: nobody decided it. `by`: who did, and by which door."""
    body = {"task_id": task_id, "withdrawn": withdrawn, "by": by, "door": door}
    command = CloseTask.model_validate({"stream_id": whoever("person"), "actor": SYSTEM, **body})
    return tell(Link("slack.user", person), "person", command)


def show_again(person: str, task_id: str) -> Tell:
    """Her request, made anew where it stands."""
    command = ShowAgain(stream_id=whoever("person"), actor=SYSTEM, task_id=task_id)
    return tell(Link("slack.user", person), "person", command)
