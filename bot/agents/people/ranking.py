"""Requests of critical deals go first before a person; what comes after them is told to whose deals it is."""

from collections.abc import Iterator

from bot.agents.people.routing import moment, route, told
from bot.figures.critical import protected
from bot.streams.deal.priority import ComeLater
from bot.streams.decision import NOTHING, Accept, Context, Decision
from bot.streams.effects import Effect, RefreshTask, Tell
from bot.streams.ids import SYSTEM
from bot.streams.person.person import Person, RankTask, Task, TaskChanged


def rank(person: Person, command: RankTask, context: Context) -> Decision:
    """What was held back for a bundle is told now, where she may be disturbed."""
    item = person.item(command.task_id)
    if item is None or item.closed_at is not None or item.task.priority == command.priority:
        return NOTHING
    task = item.task.model_copy(update={"priority": command.priority})
    shown: tuple[Effect, ...] = (RefreshTask(task_id=task.id),) if item.ts else ()
    later = tuple(passed(person, task, context)) if not item.task.priority else ()
    held = any(each.task_id == task.id for each in person.delivery.held)
    if not held or not task.priority:
        return Accept((TaskChanged(task=task),), (*shown, *later))
    routed = route(person, task, context.now, context.playbook)
    effects, deadlines = told(person, (routed,), context.playbook)
    return Accept((TaskChanged(task=task), routed), (*shown, *effects, *later), deadlines=deadlines)


def passed(person: Person, task: Task, context: Context) -> Iterator[Effect]:
    """Every deal with a request that this one goes before; a protected one it does not."""
    if not task.priority or person.profile is None:
        return
    calendar, rules = moment(person, context.now, context.playbook).calendar, context.playbook.critical
    for item in person.open:
        ordinary = item.task.kind == "approval" and item.task.deal != task.deal and not item.task.priority
        if ordinary and item.passed < rules.passed_over and not protected(item, context.now, calendar, rules):
            later = ComeLater(
                stream_id=item.task.deal,
                actor=SYSTEM,
                approval=item.task.about,
                of=task.deal,
                first=task.title,
                person=person.profile.user,
            )
            yield Tell(stream_id=item.task.deal, command="ComeLater", body=later.model_dump(mode="json"))
