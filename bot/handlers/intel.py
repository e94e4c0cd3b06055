"""`/deal intel`, the message shortcut and the buttons around news of competitors."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.blocks import inputs, news_card
from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Block, Card
from bot.handlers.desk import Counter
from bot.handlers.press import Press, Submission, person_of
from bot.playbook.permissions import Permission
from bot.questions import intel
from bot.streams.company.stale import SeeStale
from bot.streams.deal.deal import Deal
from bot.streams.decision import Command
from bot.streams.ids import COMPANY, stream_id
from bot.streams.news.news import LONGEST, DecideNews, TellNews, Verdict
from bot.streams.tell import whoever

SHORTCUT = "intel.tell"
NUMBER = re.compile(r"\d{1,9}", re.ASCII)
VERDICTS: dict[str, Verdict] = {
    ActionId.NEWS_CUSTOMER: "customer",
    ActionId.NEWS_REP: "rep",
    ActionId.NEWS_NO: "no",
}


def asked(counter: Counter, who: str, trigger: str, deal: Deal | None, words: str) -> Card:
    """With words, the form that holds them; without, what is known."""
    front = counter.front
    now = front.dispatcher.clock()
    if words:
        return _opened(counter, who, trigger, deal, words)
    store, book = front.ask.store, front.playbook
    told = intel.of_deal(store, book, deal, now) if deal else intel.of_all(store, book)
    return news_card.overview(told, book)


def shortcut(counter: Counter, body: Mapping[str, Any]) -> None:
    """Beside a message: the form, with its words. Nobody of another company gets it."""
    who, trigger = person_of(body), str(body.get("trigger_id") or "")
    said = str((body.get("message") or {}).get("text") or "")
    press = Press(who, SHORTCUT, None, "", trigger, str(body.get("response_url") or ""), f"shortcut:{trigger}")
    if not counter.ours(who):
        counter.say(press, counter.refusal("outside.person"))
        return
    if (no := _refused(counter, who)) is not None:
        counter.say(press, no)
        return
    counter.show(press, _form(counter, _named(counter, said), said))


def open_form(counter: Counter, press: Press, ref: Ref) -> None:
    if (no := _refused(counter, press.who)) is not None:
        counter.say(press, no)
        return
    counter.show(press, _form(counter, ref.about))


def decided(action: str, ref: Ref, who: str) -> Command:
    if action == ActionId.STALE_SEEN:
        return SeeStale(stream_id=COMPANY, actor=who, no=int(ref.about) if NUMBER.fullmatch(ref.about) else -1)
    return DecideNews(stream_id=_news(ref), actor=who, verdict=VERDICTS[action])


def told(given: Submission, ref: Ref, seen_on: date) -> TellNews:
    topic = given.text(inputs.TOPIC)
    return TellNews(
        stream_id=_news(ref),
        actor=given.who,
        card=given.text(inputs.CARD),
        topic="" if topic == news_card.NO_TOPIC else topic,
        says=given.text(inputs.SAYS)[:LONGEST],
        source=given.text(inputs.SOURCE)[:LONGEST],
        seen_on=seen_on,
    )


def _news(ref: Ref) -> str:
    """The stream of that news; of a route to anything else, none that there is."""
    return ref.stream_id if ref.stream_id.startswith("news:") else whoever("news")


def _opened(counter: Counter, who: str, trigger: str, deal: Deal | None, words: str) -> Card:
    heard = deal.opportunity.competitor if deal and deal.opportunity else ""
    view = _form(counter, _named(counter, f"{words} {heard}"), words)
    return _refused(counter, who) or counter.open(trigger, view) or news_card.opened()


def _refused(counter: Counter, who: str) -> Card | None:
    may = counter.front.ask.may(who, Permission.TELL_INTEL)
    return None if may else counter.refusal("permission.missing")


def _named(counter: Counter, words: str) -> str:
    """The battle card whose competitor is named first."""
    said = words.casefold()
    found = [(said.find(card.name.casefold()), key) for key, card in counter.front.playbook.battlecards.items()]
    return min(((at, key) for at, key in found if at >= 0), default=(0, ""))[1]


def _form(counter: Counter, card: str = "", words: str = "") -> Block:
    """The stream that it begins is named here, so that a form that is sent twice tells it once."""
    dispatcher = counter.front.dispatcher
    fresh = Ref(stream_id=stream_id("news", dispatcher.mint()), slot="news", about=card)
    return news_card.form(counter.front.playbook, dispatcher.clock().date(), fresh, words)
