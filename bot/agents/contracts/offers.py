"""Offers beside the one that stands: asked for by one of ours, worked out by a task, kept with what was looked at."""

from datetime import date

from bot.figures.chances import against
from bot.figures.deal_facts import deal_facts
from bot.figures.price import Ask
from bot.figures.scenarios import Setting, scenarios
from bot.streams.deal.deal import Deal
from bot.streams.deal.offers import AskOffers, OffersAsked, OffersMade, RecordOffers, Situation
from bot.streams.deal.opportunity import Opportunity
from bot.streams.decision import NOTHING, Accept, Context, Decision, PastDeal, Refuse
from bot.streams.ids import SYSTEM
from bot.streams.money import percent
from bot.streams.offer_effects import BuildOffers, PostOffers

WHOLE = 10_000


def ask(deal: Deal, command: AskOffers, context: Context) -> Decision:
    if deal.opportunity is None:
        return Refuse("deal.unknown")
    budget = command.situation.budget
    if budget is not None and budget.currency != deal.opportunity.currency:
        return Refuse("offers.other_currency")
    no = deal.offers.asked.no + 1 if deal.offers.asked else 1
    asked = OffersAsked(no=no, situation=command.situation, by=command.actor, at=context.now)
    return Accept((asked,), (BuildOffers(no=no),))


def record(deal: Deal, command: RecordOffers, context: Context) -> Decision:
    asked = deal.offers.asked
    if asked is None or asked.no != command.no or command.seen != deal.package.hash:
        return NOTHING
    told = command.model_dump(include={"no", "seen"})
    made = OffersMade(**told, notes=command.notes, scenarios=command.scenarios, at=context.now)
    return Accept((made,), (PostOffers(no=command.no),))


def worked_out(deal: Deal, past: tuple[PastDeal, ...], context: Context) -> RecordOffers | None:
    """None when nobody asks any more. Raises PriceProblem."""
    asked, opportunity = deal.offers.asked, deal.opportunity
    if asked is None or opportunity is None:
        return None
    setting = _setting(deal, opportunity, asked.situation, past, context)
    return RecordOffers(
        stream_id=deal.id,
        actor=SYSTEM,
        no=asked.no,
        seen=deal.package.hash,
        notes=_notes(setting),
        scenarios=scenarios(setting),
    )


def _setting(
    deal: Deal, opportunity: Opportunity, situation: Situation, past: tuple[PastDeal, ...], context: Context
) -> Setting:
    yes = deal.signals.yes
    heard = yes.competitors if yes else ()
    return Setting(
        ask=_ask(deal, opportunity, context.now.date()),
        opportunity=opportunity,
        situation=situation,
        past=past,
        competitor=opportunity.competitor or next(iter(heard), ""),
        urgent_words=yes.urgency if yes else "",
        today=context.now.date(),
        playbook=context.playbook,
        facts=lambda quote: deal_facts(deal, quote, context),
    )


def _ask(deal: Deal, opportunity: Opportunity, today: date) -> Ask:
    """What stands: the newest terms, else the opportunity's own."""
    terms = deal.package.terms.terms if deal.package.terms else None
    return Ask(
        version=max(deal.package.version, 1),
        currency=opportunity.currency,
        lines=opportunity.lines,
        months=(terms.months if terms else 0) or opportunity.months,
        starts_on=opportunity.starts_on,
        payment_days=terms.payment_days if terms else opportunity.payment_days,
        discount=terms.discount if terms else None,
        offered_on=today,
        bill_shares=terms.bill_shares if terms else (),
    )


def _notes(setting: Setting) -> tuple[str, ...]:
    return (_rivals(setting), _means(setting), _hurry(setting))


def _rivals(setting: Setting) -> str:
    """The competitor, and what the past says of deals with it."""
    pressed = " They press on the price." if setting.situation.pressed else ""
    if not setting.competitor:
        return f"No competitor is named.{pressed}"
    met = against(setting.competitor, setting.past)
    if len(met) < setting.playbook.offers.at_least:
        return f"Against {setting.competitor}: {len(met)} past deals, not enough data.{pressed}"
    won = sum(deal.won for deal in met)
    rates = f"{percent(won * WHOLE // len(met) // 100 * 100)} won ({won} of {len(met)})"
    every = sum(deal.won for deal in setting.past) * WHOLE // len(setting.past) // 100 * 100
    return f"Against {setting.competitor}: {rates}, of all deals {percent(every)}.{pressed}"


def _means(setting: Setting) -> str:
    situation, account = setting.situation, setting.opportunity.account
    budget = f"Budget {situation.budget}" if situation.budget else "No budget told"
    late = "" if situation.late_days is None else f", pays {situation.late_days} days late"
    rating = f", rating {account.credit_rating}" if account.credit_rating else ""
    limit = f", credit limit {account.credit_limit}" if account.credit_limit else ""
    return f"{budget}; asks for net {setting.opportunity.payment_days}{late}{rating}{limit}."


def _hurry(setting: Setting) -> str:
    by = setting.situation.decide_by or setting.opportunity.close_on
    words = f"; they wrote “{setting.urgent_words}”" if setting.urgent_words else ""
    return f"Decision by {by:%-d %b %Y}, in {max(setting.days_left, 0)} days{words}."
