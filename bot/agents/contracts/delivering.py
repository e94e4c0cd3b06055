"""The delivery: drafted at once, made only the way that a person chose, with exactly the mail that she saw."""

from datetime import timedelta

from bot.figures.delivery import calendar_of, working_days_later
from bot.figures.delivery_due import is_approved
from bot.streams.deal.deal import Deal
from bot.streams.deal.delivery import (
    ChooseDelivery,
    Delivered,
    DeliveryChosen,
    DeliveryDrafted,
    DeliveryDropped,
    DeliveryPosted,
    RecordDeliveryPosted,
    RecordDraft,
    RecordMailed,
    SayPresented,
    SendDue,
    Slot,
)
from bot.streams.deal.delivery import FollowUpSent as Sent
from bot.streams.deal.delivery import ProposeFollowUp as Propose
from bot.streams.decision import NOTHING, Accept, Context, Deadline, Decision, Link, Refuse
from bot.streams.delivery_effects import MailPackage, PostDelivery, RefreshDelivery
from bot.streams.effects import PostNote
from bot.streams.ids import SYSTEM

DUE, FOLLOW_UP = "delivery.due", "delivery.follow_up"


def record(deal: Deal, command: RecordDraft, context: Context) -> Decision:
    if command.hash != deal.package.hash or not is_approved(deal):
        return NOTHING
    told = command.model_dump(exclude={"stream_id", "actor"})
    drafted = DeliveryDrafted.model_validate({**told, "at": context.now})
    quiet = (Deadline(DUE), Deadline(FOLLOW_UP))
    return Accept((drafted,), (PostDelivery(version=command.version),), deadlines=quiet)


def record_posted(deal: Deal, command: RecordDeliveryPosted, context: Context) -> Decision:
    return Accept((DeliveryPosted(version=command.version, ts=command.ts),))


def choose(deal: Deal, command: ChooseDelivery, context: Context) -> Decision:
    if (no := _not_now(deal, command, context)) is not None:
        return no
    match command.way:
        case "us":
            return _by_us(deal, command, context)
        case "rep":
            chosen = _chosen(command, context, None)
            made = _made(deal, "rep", "", context)
            return Accept((chosen, made), (RefreshDelivery(),), deadlines=(_silence(deal, context),))
        case "present":
            return _in_person(deal, command, context)


def send_due(deal: Deal, command: SendDue, context: Context) -> Decision:
    """The hour has come: only what was chosen, only if it is still the same."""
    delivery, drafted = deal.delivery, deal.delivery.drafted
    if drafted is None or delivery.chosen is None or delivery.chosen.way != "us" or delivery.made is not None:
        return NOTHING
    same = drafted.version == command.version and drafted.letter.seen == command.seen
    if same and drafted.hash == deal.package.hash and deal.opening.paused is None:
        sends = MailPackage(number=0, seen=command.seen)
        return Accept((), (sends,))
    return Accept((DeliveryDropped(at=context.now),), (RefreshDelivery(), PostNote(about="delivery.dropped")))


def presented(deal: Deal, command: SayPresented, context: Context) -> Decision:
    chosen = deal.delivery.chosen
    if chosen is None or chosen.way != "present" or chosen.slot is None or deal.delivery.made is not None:
        return Refuse("delivery.made")
    if context.now < chosen.slot.starts_at:
        return Refuse("delivery.too_early")
    made = _made(deal, "present", "", context)
    return Accept((made,), (RefreshDelivery(),), deadlines=(_silence(deal, context),))


def record_mailed(deal: Deal, command: RecordMailed, context: Context) -> Decision:
    """By its message id, what comes back finds the deal."""
    link = (Link("mail.message", command.message_id),)
    again = (_silence(deal, context),)
    if command.number:
        sent = Sent(number=command.number, message_id=command.message_id, at=context.now)
        return Accept((sent,), (RefreshDelivery(),), link, again)
    made = _made(deal, "us", command.message_id, context)
    return Accept((made,), (RefreshDelivery(), PostNote(about="delivery.mailed", words=_to(deal))), link, again)


def _not_now(deal: Deal, command: ChooseDelivery, context: Context) -> Refuse | None:
    delivery, drafted = deal.delivery, deal.delivery.drafted
    if drafted is None or drafted.hash != deal.package.hash:
        return Refuse("package.changed")
    if not is_approved(deal):
        return Refuse("package.not_ready")
    if delivery.made is not None and not delivery.noticed_since("bounced"):
        return Refuse("delivery.made")
    if delivery.chosen is not None and delivery.chosen.way == "us" and delivery.made is None:
        return Refuse("delivery.chosen")
    looked_at = drafted.invitation if command.way == "present" else drafted.letter
    return None if command.seen == looked_at.seen else Refuse("package.changed")


def _by_us(deal: Deal, command: ChooseDelivery, context: Context) -> Decision:
    drafted = deal.delivery.drafted
    stopped = any(stop.system in ("all", "mail") for stop in context.reads.stops)
    if stopped or deal.opening.paused is not None or drafted is None:
        return Refuse("system.paused")
    if not drafted.letter.to_email:
        return Refuse("delivery.no_address")
    at = drafted.timing.at
    chosen = _chosen(command, context, None)
    if not command.later or at <= context.now:
        return Accept((chosen,), (MailPackage(number=0, seen=command.seen), RefreshDelivery()))
    later = SendDue(stream_id=deal.id, actor=SYSTEM, version=drafted.version, seen=command.seen)
    waits = chosen.model_copy(update={"due_at": at})
    return Accept((waits,), (RefreshDelivery(),), deadlines=(Deadline(DUE, at, later),))


def _in_person(deal: Deal, command: ChooseDelivery, context: Context) -> Decision:
    slots = deal.delivery.drafted.slots if deal.delivery.drafted else ()
    if not 0 <= command.slot < len(slots) or slots[command.slot].starts_at <= context.now:
        return Refuse("delivery.no_slot", field="slot")
    slot = slots[command.slot]
    return Accept((_chosen(command, context, slot),), (RefreshDelivery(),))


def _chosen(command: ChooseDelivery, context: Context, slot: Slot | None) -> DeliveryChosen:
    due_at = slot.starts_at if slot else context.now
    return DeliveryChosen(way=command.way, by=command.actor, at=context.now, due_at=due_at, slot=slot)


def _made(deal: Deal, way: str, message_id: str, context: Context) -> Delivered:
    to = deal.delivery.drafted.letter.to_email if deal.delivery.drafted else ""
    told = {"way": way, "version": deal.package.version, "to_email": to, "message_id": message_id}
    return Delivered.model_validate({**told, "at": context.now})


def _silence(deal: Deal, context: Context) -> Deadline:
    """When nothing has come back by then, a follow-up is proposed."""
    return waiting(deal, context.playbook.deliveries.silent_days, context)


def waiting(deal: Deal, days: int, context: Context) -> Deadline:
    """So many of their working days from now."""
    account = deal.opportunity.account if deal.opportunity else None
    country, state = (account.country, account.state) if account else ("", "")
    customs = context.playbook.deliveries.customs(country)
    at = working_days_later(context.now, days, calendar_of(customs, country, state))
    again = Propose(stream_id=deal.id, actor=SYSTEM, version=deal.package.version)
    return Deadline(FOLLOW_UP, max(at, context.now + timedelta(minutes=1)), again)


def _to(deal: Deal) -> dict[str, str]:
    return {"name": deal.delivery.drafted.letter.to_name if deal.delivery.drafted else ""}
