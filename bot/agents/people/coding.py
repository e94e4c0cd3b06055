"""Codes for who came by a mail's link: few, short-lived, each for one request and used once."""

from datetime import timedelta

from bot.figures.doors import by_mail
from bot.playbook.doors import CodeRules
from bot.streams.code_effects import PostCode
from bot.streams.decision import Accept, Context, Decision, Refuse
from bot.streams.person.codes import AskCode, Code, CodeGiven, CodeTried, CodeUsed, TryCode, UseCode
from bot.streams.person.person import Inbox, Person

HOUR = timedelta(hours=1)


def ask(person: Person, command: AskCode, context: Context) -> Decision:
    """The one before works no longer. Whoever has the link can ask; only the person is told."""
    item, rules = _open(person, command.task_id), context.playbook.doors
    if item is None:
        return Refuse("request.closed")
    if not by_mail(item.task.worth, rules):
        return Refuse("approval.not_by_mail")
    sent = len(person.codes.about(command.task_id))
    if sent >= rules.code.per_request or person.codes.since(context.now - HOUR) >= rules.code.per_hour:
        return Refuse("code.too_many")
    given = CodeGiven(
        code=next(context.mint),
        task_id=command.task_id,
        seen=item.task.seen,
        at=context.now,
        until=context.now + rules.code.lasts,
    )
    return Accept((given,), (PostCode(code=given.code),))


def take(person: Person, command: TryCode, context: Context) -> Decision:
    """Whether it may be looked at at all; that it is, counts."""
    found = _live(person, command.task_id, command.code, context)
    return found if isinstance(found, Refuse) else Accept((CodeTried(code=command.code, at=context.now),))


def use(person: Person, command: UseCode, context: Context) -> Decision:
    if person.profile is None or command.actor != person.profile.user:
        return Refuse("settings.not_yours")
    code = person.codes.current(command.task_id)
    if code is None or code.given.code != command.code or code.used:
        return Refuse("code.used")
    if command.seen != code.given.seen or _open(person, command.task_id) is None:
        return Refuse("request.closed")
    if context.now >= code.given.until:
        return Refuse("code.expired")
    return Accept((CodeUsed(code=command.code, at=context.now),))


def _live(person: Person, task_id: str, name: str, context: Context) -> Code | Refuse:
    code, rules = person.codes.current(task_id), context.playbook.doors.code
    if code is None or code.given.code != name:
        return Refuse("code.none")
    if code.used:
        return Refuse("code.used")
    if context.now >= code.given.until:
        return Refuse("code.expired")
    return Refuse("code.spent") if _spent(code, rules) else code


def _spent(code: Code, rules: CodeRules) -> bool:
    return code.tries >= rules.tries


def _open(person: Person, task_id: str) -> Inbox | None:
    item = person.item(task_id)
    return item if item is not None and item.closed_at is None and item.task.kind == "approval" else None
