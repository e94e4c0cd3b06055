"""The win: people before money, everybody who helped, and who goes on."""

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Button, Card, actions, card, context, escape, header, mention, money, section
from bot.blocks.people import Known
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal

MOST_HELPERS = 10


def card_of(deal: Deal, playbook: Playbook, known: Known) -> Card:
    win, won, made = deal.handoff.win, deal.books.won, deal.package.current
    if win is None or won is None or made is None:
        return card("No win yet.", section("*No win yet.*"))
    rep, shows = known.name(deal.opening.rep), getattr(playbook.wins, win.level).shows_amount
    bought = ", ".join(dict.fromkeys(line.name for line in made.contract.quote.lines))
    amount = f", {money(won.total)} over {made.contract.quote.months} months" if shows else ""
    return card(
        f"{deal.customer} is our customer. {rep} led the deal, with {len(win.helpers) - 1} who helped.",
        header(f"Welcome, {deal.customer}!"),
        section(
            f":tada: {mention(deal.opening.rep)} won {escape(deal.customer)}{amount}.",
            f"They chose {escape(bought)}.",
        ),
        section("*Who made it happen*", *(f"{mention(h.person)} {escape(h.what)}" for h in win.helpers[:MOST_HELPERS])),
        actions(
            Ref(stream_id=deal.id, slot="win"),
            Button(ActionId.KUDOS_GIVE, "Say well done", f"Say well done for {deal.customer}"),
        ),
        context(*_praise(deal, known), f"Why here: {escape(win.why)}"),
    )


def _praise(deal: Deal, known: Known) -> list[str]:
    names = [escape(known.name(person)) for person in deal.handoff.kudos]
    return [f"Well done, say {', '.join(names)}"] if names else []
