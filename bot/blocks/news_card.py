"""News of a competitor: the form in which it is told, what its owner is asked, and what is known by now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.blocks import inputs, standing_card
from bot.blocks.actions import ActionId, Ref, ViewId
from bot.blocks.card import (
    Block,
    Button,
    Card,
    actions,
    card,
    context,
    counted,
    cut,
    day,
    escape,
    header,
    moment,
    plain,
    quote,
    section,
    utc,
)
from bot.blocks.modals import modal
from bot.blocks.people import Known
from bot.figures.threats import Put, Rate
from bot.playbook.positioning import said
from bot.playbook.schema import Playbook
from bot.streams.company.stale import StaleFound
from bot.streams.deal.standing import Standing, Threat
from bot.streams.ids import COMPANY
from bot.streams.news.news import LONGEST, News
from bot.streams.person.person import Inbox

NO_TOPIC = "none"
SHOWN = 6
VERDICTS = {"customer": "taken; customers may read it", "rep": "taken for us alone", "no": "not taken"}


@dataclass(frozen=True, slots=True)
class Overview:
    """What one of ours may know: of the deal's competitor, or of all of them where there is no deal."""

    title: str
    standing: Standing | None
    threats: Sequence[tuple[str, Threat]]
    put: Sequence[Put]


def overview(told: Overview, playbook: Playbook) -> Card:
    listed = [f"*{escape(name)}:* {standing_card.threat(found)}" for name, found in told.threats]
    gist = " ".join(f"{name}: {standing_card.gist(found)}" for name, found in told.threats)
    return card(
        f"{told.title}: what we know. {gist}",
        header(f"{told.title}: what we know"),
        section("*Threat*", *listed),
        *(standing_card.lines(told.standing.lines) if told.standing else ()),
        section("*Won, by what was put forward*", *(_put(put, playbook) for put in told.put[:SHOWN])),
        actions(
            Ref(stream_id=COMPANY, slot="intel", about=told.standing.card if told.standing else ""),
            Button(ActionId.INTEL_TELL, "Tell news…", "Tell news of a competitor"),
        ),
        context(
            f"For our own people. {standing_card.rule(playbook)} A share shows what goes together, not what causes it."
        ),
    )


def form(playbook: Playbook, today: date, fresh: Ref, says: str = "") -> Block:
    """`fresh` is the stream that it begins, and the battle card that is chosen already; `says` are the words that a
    message brought."""
    cards = {key: kept.name for key, kept in playbook.battlecards.items()}
    topics = {NO_TOPIC: "Something else"} | {t.id: said(t.title) for t in playbook.positioning.topics}
    words: Block = {"type": "plain_text_input", "action_id": inputs.SAYS, "multiline": True, "max_length": LONGEST}
    words |= {"initial_value": cut(" ".join(says.split()), LONGEST)} if says.strip() else {}
    source: Block = {"type": "plain_text_input", "action_id": inputs.SOURCE, "max_length": LONGEST}
    seen: Block = {"type": "datepicker", "action_id": inputs.SEEN_ON, "initial_date": today.isoformat()}
    body: list[Block | None] = [
        _field(inputs.CARD, "Who?", _select(inputs.CARD, cards, fresh.about)),
        _field(inputs.TOPIC, "About what?", _select(inputs.TOPIC, topics, NO_TOPIC)),
        _field(inputs.SAYS, "What is new?", words, "One sentence, such as: Interface now costs EUR 4.00 a vehicle"),
        _field(inputs.SOURCE, "Where from?", source, "A page, a paper or a person, such as: price list of 1 November"),
        _field(inputs.SEEN_ON, "Seen on", seen),
        context("Whoever keeps the battle card takes it or leaves it; then the next package goes by it."),
    ]
    return modal(ViewId.NEWS_TELL, "News of a competitor", ("Tell it", "Cancel"), fresh, body)


def opened() -> Card:
    words = "The form is open. Whoever keeps the battle card decides whether the next package goes by it."
    return card(words, section(words))


def task(news: News, item: Inbox, playbook: Playbook, known: Known) -> Card:
    """Asked of the owner; once decided, who, when and how."""
    told_ = news.told
    if told_ is None:
        return card("This news is no longer kept.", section("This news is no longer kept."))
    kept, topic = playbook.battlecards.get(told_.card), playbook.positioning.topic(told_.topic)
    name, by = (kept.name if kept else told_.card), known.name(told_.by)
    about = said(topic.title) if topic else "something else"
    what = f"*{escape(name)}, {escape(about.lower())}:* {quote(told_.says)}"
    where = f"Source: {escape(told_.source)}, seen on {day(told_.seen_on)}. Told by {escape(by)}."
    if news.decided is not None:
        done = f"{known.name(news.decided.by)}: {VERDICTS[news.decided.verdict]}"
        return card(
            f"News of {name}: {done}, {utc(news.decided.at)}. Nothing more to do.",
            header(f"News of {name}: decided"),
            section(f":white_check_mark: {escape(done)}, {moment(news.decided.at)}", what, where),
        )
    return card(
        f"News of {name}, told by {by}: “{told_.says}” Take it, or leave it out.",
        header(f"News of {name}: take it?"),
        section(what, where),
        actions(Ref(stream_id=news.id, slot="news", seen=item.task.seen), *buttons(name, topic is not None)),
        context(f"Why you: you keep the battle card of {escape(name)}, and did not tell it yourself."),
    )


def buttons(name: str, on_a_topic: bool) -> list[Button]:
    ask = (
        "Customers may read it?",
        f"The next package against {name} may say it to the customer, with its source and date.",
        "They may",
        "Not yet",
    )
    theirs = Button(
        ActionId.NEWS_CUSTOMER, "Customers may read it", f"Take the news of {name} for customers", confirm=ask
    )
    ours = Button(ActionId.NEWS_REP, "For us alone", f"Take the news of {name} for us alone", primary=True)
    leave = Button(ActionId.NEWS_NO, "Leave it out", f"Do not take the news of {name}")
    return [ours, *([theirs] if on_a_topic else []), leave]


def stale(told_: StaleFound | None, item: Inbox) -> Card:
    if told_ is None or item.closed_at is not None:
        return card("Somebody looks after what became too old.", section("Somebody looks after what became too old."))
    many = counted(len(told_.claims), "claim")
    shown = [f"• {escape(cut(claim.what, 200))}" for claim in told_.claims[:SHOWN]]
    more = f"and {len(told_.claims) - SHOWN} more" if len(told_.claims) > SHOWN else ""
    return card(
        f"{many} of your battle cards became too old and no longer go into packages. Look at them again.",
        header(f"{many} became too old"),
        section("They are left out of packages until they are seen again:", *shown, more),
        actions(
            Ref(stream_id=COMPANY, slot="stale", about=str(told_.no)),
            Button(ActionId.STALE_SEEN, "I look after it", "I look after the claims that became too old", True),
        ),
        context("Why you: you keep these battle cards. I tell each claim once."),
    )


def _put(put: Put, playbook: Playbook) -> str:
    topic = playbook.positioning.topic(put.topic)
    title = escape(said(topic.title) if topic else put.topic)
    if not put.with_it.known:
        return f"{title}: not enough data ({counted(put.with_it.of, 'deal')} with it)"
    beside = f"; without it {_rate(put.without)}" if put.without.known else "; without it not enough data"
    return f"{title}: {_rate(put.with_it)}{beside}{'. *More than chance*' if put.tells else ''}"


def _rate(rate: Rate) -> str:
    share, low, high = (f"{points / 100:.0f}%" for points in (rate.share, rate.low, rate.high))
    return f"{rate.won} of {rate.of} won, {share} ({low} to {high})"


def _select(name: str, offered: dict[str, str], now: str) -> Block:
    options = [{"text": plain(cut(words, 70)), "value": value} for value, words in offered.items()]
    element: Block = {"type": "static_select", "action_id": name, "options": options}
    chosen = next((option for option in options if option["value"] == now), None)
    return element | ({"initial_option": chosen} if chosen else {})


def _field(name: str, label: str, element: Block, hint: str = "") -> Block:
    made: Block = {"type": "input", "block_id": name, "label": plain(label), "element": element}
    return made | ({"hint": plain(hint)} if hint else {})
