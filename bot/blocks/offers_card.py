"""Offers worth making, for the deal's own channel: what each brings, costs, needs, and how likely a yes is."""

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Block, Button, Card, accessory, card, context, escape, header, money, section
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal
from bot.streams.deal.offers import Chance, OffersMade, Scenario
from bot.streams.money import percent

PATHS = 3


def card_of(deal: Deal, playbook: Playbook) -> Card:
    made = deal.offers.made
    if made is None:
        return card("No offers were worked out.", section("No offers were worked out."))
    first, *others = made.scenarios
    gist = "; ".join(f"{s.title} {s.total}, {_short(s.chance)}" for s in made.scenarios)
    return card(
        f"{deal.customer}: {len(made.scenarios)} offers. {gist}.",
        header(f"{deal.customer}: {len(made.scenarios)} offers"),
        section(*(escape(note) for note in made.notes)),
        *(block for scenario in (first, *others) for block in _blocks(deal, made, scenario, playbook)),
        context(
            "For our own people: no customer sees this. Choosing one makes a new package; approvals that change are "
            f"asked again. Likely: the share of past deals most like it that were won, {_width(playbook)}."
        ),
    )


def _blocks(deal: Deal, made: OffersMade, scenario: Scenario, playbook: Playbook) -> list[Block | None]:
    body = section(
        f"*{escape(scenario.title)}:* {money(scenario.total)}",
        f"{_off(scenario)}{scenario.months} months · net {scenario.payment_days} · "
        f"first invoice {money(scenario.first_invoice)}{_fits(deal, scenario)}",
        f"ARR {money(scenario.arr)} · TCV {money(scenario.total)} · margin {scenario.margin / 100:.1f}%",
        f"Likely: {_long(scenario.chance)}{_buys(scenario)}",
        _needs(scenario, playbook),
        f"_{escape(scenario.why)}_",
        *(f"Later: {escape(words)}" for words in scenario.path[:PATHS]),
    )
    choosable = scenario is not made.scenarios[0] and made.seen and not scenario.path
    if not choosable:
        return [body]
    ref = Ref(stream_id=deal.id, slot="offer", about=scenario.id, seen=made.seen)
    press = Button(ActionId.OFFER_CHOOSE, "Choose", f"Choose {scenario.title}, {scenario.total}, for {deal.customer}")
    return [accessory(body, ref, press)]


def _fits(deal: Deal, scenario: Scenario) -> str:
    asked = deal.offers.asked
    budget = asked.situation.budget if asked else None
    if budget is None:
        return ""
    over = scenario.first_invoice - budget
    return f", {money(over)} above their budget" if over.minor > 0 else ", within their budget"


def _off(scenario: Scenario) -> str:
    return f"{percent(scenario.discount)} off · " if scenario.discount else ""


def _needs(scenario: Scenario, playbook: Playbook) -> str:
    if not scenario.needs:
        return "Needs nobody's yes."
    return f"Needs {', '.join(f'{playbook.roles[need.role].title} ({escape(need.line)})' for need in scenario.needs)}"


def _long(chance: Chance) -> str:
    """Such as 58% (44% to 71%), 23 of 40 deals most like it were won."""
    if not chance.known:
        return f"not enough data ({chance.of} deals like it)"
    share, low, high = (f"{points / 100:.0f}%" for points in (chance.share, chance.low, chance.high))
    return f"{share} ({low} to {high}), {chance.won} of {chance.of} deals most like it were won"


def _short(chance: Chance) -> str:
    return f"{chance.share / 100:.0f}% likely" if chance.known else "not enough data"


def _buys(scenario: Scenario) -> str:
    return f"; against today's offer {scenario.buys}" if scenario.buys else ""


def _width(playbook: Playbook) -> str:
    return f"drawn towards all, or all against the same competitor; below {playbook.offers.at_least} nothing is said"
