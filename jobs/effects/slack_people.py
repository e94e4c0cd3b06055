"""What our own people are asked, in messages of their own; and who they are."""

import json

from bot.blocks import bundle, news_card, policy_card, practice_card, proposal_card, tasks
from bot.blocks.card import Card
from bot.figures.away import away_status
from bot.figures.critical import order
from bot.streams.company.company import Company
from bot.streams.company.roster import RecordPeople
from bot.streams.effects import PostBundle, PostTask, RefreshTask
from bot.streams.ids import SYSTEM
from bot.streams.person.delivery import RecordBundlePosted, RecordTaskPosted
from bot.streams.person.person import Inbox, Person, Profile
from integrations.errors import Busy, Refused, Unauthorised, Unknown
from integrations.slack import port
from jobs.effects.how import Desk, Work
from jobs.effects.legal import attach_memo


def post_task(work: Work) -> RecordTaskPosted | None:
    person: Person = work.state
    effect: PostTask = work.effect
    item = person.item(effect.task_id)
    if item is None or item.closed_at is not None or person.profile is None:
        return None
    card = _card(item, work.desk)
    user = person.profile.user.partition(":")[2]
    posted = work.desk.ports.slack.post(work.key, user, card.text, card.blocks, probe=work.again)
    if item.task.kind == "memo":
        attach_memo(work, item, posted)
    return RecordTaskPosted(
        stream_id=person.id,
        actor=SYSTEM,
        task_id=effect.task_id,
        channel=posted.channel,
        ts=posted.ts,
        active=_present(user, work.desk),
        card=_kept(card, item, work.desk),
    )


def _kept(card: Card, item: Inbox, desk: Desk) -> str:
    """What lies before an approver, to the letter: it is part of the decision's record."""
    if item.task.kind != "approval":
        return ""
    told = json.dumps({"text": card.text, "blocks": card.blocks}, ensure_ascii=False, sort_keys=True)
    return desk.ports.files.put(item.task.deal, told.encode())


def post_bundle(work: Work) -> RecordBundlePosted | None:
    """What was decided meanwhile is left out; when nothing is left, nothing is sent."""
    person: Person = work.state
    effect: PostBundle = work.effect
    sent = person.delivery.bundle
    if sent is None or sent.bundle != effect.bundle or person.profile is None:
        return None
    book = work.desk.playbook
    ordered = order(person.items(sent.tasks), work.now, book.calendar_of(person.profile.time_zone), book.critical)
    waiting = [(work.desk.deal(item.task.deal), item) for item in ordered]
    if not waiting:
        return None
    card = bundle.card_of(person, waiting, work.now, work.desk.playbook)
    user = person.profile.user.partition(":")[2]
    posted = work.desk.ports.slack.post(work.key, user, card.text, card.blocks, probe=work.again)
    return RecordBundlePosted(
        stream_id=person.id, actor=SYSTEM, bundle=effect.bundle, channel=posted.channel, ts=posted.ts
    )


def _present(user: str, desk: Desk) -> bool | None:
    """A courtesy: the request is out, whether Slack tells this or not."""
    try:
        return desk.ports.slack.present(user)
    except (Busy, Refused, Unauthorised, Unknown):
        return None


def refresh_task(work: Work) -> None:
    person: Person = work.state
    effect: RefreshTask = work.effect
    item = person.item(effect.task_id)
    if item is not None and item.ts:
        card = _card(item, work.desk)
        work.desk.ports.slack.update(item.channel, item.ts, card.text, card.blocks)


def read_people(work: Work) -> RecordPeople:
    """Guests, bots and people of other companies have no groups here, so no rights."""
    slack = work.desk.ports.slack
    groups = slack.groups()
    ours = [p for p in slack.people() if not p.foreign and not p.bot]
    words = work.desk.playbook.notifications.away_words
    people = tuple(_profile(p, groups, words) for p in sorted(ours, key=lambda p: p.user))
    return RecordPeople(stream_id=work.state.id, actor=SYSTEM, people=people)


def _card(item: Inbox, desk: Desk) -> Card:
    if item.task.kind == "news":
        return news_card.task(desk.state(item.task.deal), item, desk.playbook, desk.known())
    if item.task.kind == "policy":
        return policy_card.card_of(desk.state(item.task.deal), item, desk.known())
    if item.task.kind == "practice":
        return practice_card.card_of(desk.state(item.task.deal), item, desk.known())
    if item.task.kind == "proposal":
        return proposal_card.card_of(desk.state(item.task.deal), item, desk.playbook, desk.known())
    if item.task.kind == "stale":
        company: Company = desk.state(item.task.deal)
        return news_card.stale(company.stale_of(int(item.task.about)), item)
    deal = desk.deal(item.task.deal)
    return tasks.card_of(deal, item, desk.playbook, desk.known(), desk.texts(deal.id))


def _profile(found: port.Profile, groups: dict[str, tuple[str, ...]], words: tuple[str, ...]) -> Profile:
    status = away_status(found.status, words)
    active = not found.deleted and not found.guest
    mine = frozenset(handle for handle, users in groups.items() if found.user in users)
    return Profile(
        user=f"{found.team}:{found.user}",
        name=found.name,
        title=found.title,
        email=found.email,
        time_zone=found.time_zone,
        active=active,
        groups=mine if active else frozenset(),
        updated=found.updated,
        status=status,
        status_until=found.status_until if status else 0,
    )
