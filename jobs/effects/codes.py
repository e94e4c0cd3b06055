"""The code of who decides by mail: to her alone, and not when it no longer works."""

from bot.blocks import code_card
from bot.streams.code_effects import PostCode
from bot.streams.person.person import Person
from jobs.effects.how import Work


def post(work: Work) -> None:
    person: Person = work.state
    effect: PostCode = work.effect
    code = next((each for each in person.codes.given if each.given.code == effect.code), None)
    item = person.item(code.given.task_id) if code else None
    if code is None or item is None or person.profile is None or not person.profile.active:
        return
    if code.used or work.now >= code.given.until or person.codes.current(code.given.task_id) != code:
        return
    words = work.desk.requests.code(code.given.code, person.profile.user, item.task.id, code.given.seen)
    card = code_card.card_of(words, item.task.title, code.given.until, work.desk.playbook)
    user = person.profile.user.partition(":")[2]
    work.desk.ports.slack.post(work.key, user, card.text, card.blocks, probe=work.again)
