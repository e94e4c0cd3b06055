"""Where we stand in a deal: what they decide by, what we say to it, and what of it a customer may read."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.figures.threats import threat
from bot.playbook.positioning import Answer, Battlecard, Claim, Theirs, Topic, Words, said
from bot.playbook.schema import Playbook
from bot.streams.deal.signals import Span
from bot.streams.deal.standing import Advantage, CardLine, Compared, NeedHeard, Position, Standing
from bot.streams.decision import Context, NewsRead, PastDeal
from bot.streams.ids import digest

SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


@dataclass(frozen=True, slots=True)
class Looked:
    """All that a position is made of. `texts` are the customer's own, by id, oldest first; `codes` are the products'
    that they buy; `news` is what was taken."""

    heard: str
    industry: str
    codes: frozenset[str]
    texts: Mapping[str, str]
    past: Sequence[PastDeal]
    news: Sequence[NewsRead]
    today: date
    playbook: Playbook

    @property
    def card(self) -> Battlecard | None:
        return self.playbook.battlecard(self.heard)

    @property
    def card_key(self) -> str:
        return next((key for key, found in self.playbook.battlecards.items() if found is self.card), "")


@dataclass(frozen=True, slots=True)
class Known:
    """A claim of the playbook, or news on it, which stands in its place when it was seen later."""

    title: str
    says: str
    audience: str
    source: str
    seen_on: date
    news: str = ""


def for_customers(lines: Iterable[Known]) -> tuple[Known, ...]:
    """The one way by which a line of positioning gets to a customer."""
    return tuple(line for line in lines if line.audience == "customer")


def standing(looked: Looked) -> Standing:
    """For us alone."""
    needs = _needs(looked)
    return Standing(
        heard=looked.heard,
        card=looked.card_key,
        threat=threat(
            looked.card.name if looked.card else looked.heard, looked.industry, looked.past, looked.playbook.positioning
        ),
        needs=needs,
        lines=tuple(_lines(looked, needs)),
        stale=tuple(_stale(looked)),
    )


def position(looked: Looked) -> Position:
    """For the customer: what is for us alone, or too old, is not in it."""
    rules, needs = looked.playbook.positioning, _needs(looked)
    ours = [(topic, _ours(topic)) for need in needs if (topic := rules.topic(need.topic))]
    fresh = [(topic, line) for topic, line in ours if for_customers([line]) and _is_fresh(looked, line.seen_on)]
    advantages = tuple(
        Advantage(topic=t.id, title=line.title, says=line.says, source=line.source, seen_on=line.seen_on)
        for t, line in fresh[: rules.most_advantages]
    )
    rows = tuple(_rows(looked, needs))[: rules.most_rows]
    return Position(against=looked.card.name if looked.card and rows else "", advantages=advantages, rows=rows)


def only_for_customers(of: Position, context: Context) -> bool:
    """Whether every line is one of the playbook, or news that was taken, that a customer may read."""
    book, news = context.playbook, context.reads.news
    claims: list[tuple[str, Words, Claim]] = [(t.id, t.says, t) for t in book.positioning.topics]
    mine = {(topic, said(says), c.source) for topic, says, c in claims if c.audience == "customer"}
    card = book.battlecard(of.against)
    theirs = {(c.topic, said(c.says), c.source) for c in (card.theirs if card else ()) if c.audience == "customer"}
    told = {(n.topic, n.says, n.source) for n in news if n.audience == "customer"}
    ours = {(a.topic, a.says, a.source) for a in of.advantages} | {(r.topic, r.ours, r.our_source) for r in of.rows}
    return ours <= mine and {(r.topic, r.theirs, r.their_source) for r in of.rows} <= theirs | told


def answers(looked: Looked) -> tuple[Answer, ...]:
    """What they are likely to ask, with answers that may be written to them: what they decide by first."""
    card, order = looked.card, [need.topic for need in _needs(looked)]
    mine = [a for a in (card.answers if card else ()) if a.audience == "customer" and _is_fresh(looked, a.seen_on)]
    ranked = sorted(mine, key=lambda a: order.index(a.topic) if a.topic in order else len(order))
    return tuple(ranked[: looked.playbook.positioning.most_answers])


def stale_of(playbook: Playbook, news: Sequence[NewsRead], today: date) -> tuple[tuple[str, str, str], ...]:
    """(key, owner's role, what) of every claim that is too old to be used."""
    rules = playbook.positioning
    groups: list[tuple[str, str, str, Sequence[tuple[str, Claim]]]] = [
        ("topics", rules.owner, "Our own topics", [(said(t.title), t) for t in rules.topics])
    ]
    for key, card in playbook.battlecards.items():
        groups.append((key, card.owner, card.name, [(_titled(c, playbook), c) for c in card.claims]))
    found = [
        (f"{key}:{title}:{claim.seen_on}", owner, f"{name}, {title}: seen on {claim.seen_on:%-d %b %Y}, {claim.source}")
        for key, owner, name, claims in groups
        for title, claim in claims
        if not rules.is_fresh(claim.seen_on, today)
    ]
    for told in news:
        kept = playbook.battlecards.get(told.card)
        if kept and not rules.is_fresh(told.seen_on, today):
            what = f"{kept.name}: news of {told.seen_on:%-d %b %Y}"
            found.append((told.id, kept.owner, what))
    return tuple(found)


def _is_fresh(looked: Looked, seen_on: date) -> bool:
    return looked.playbook.positioning.is_fresh(seen_on, looked.today)


def _needs(looked: Looked) -> tuple[NeedHeard, ...]:
    """First what they wrote of, the last they wrote first; then what the competitor's card speaks of."""
    rules, card = looked.playbook.positioning, looked.card
    fitting = [t for t in rules.topics if not t.products or t.products & looked.codes]
    wrote = [found for topic in fitting if (found := _wrote(topic, looked.texts))]
    spoken = {line.topic for line in card.theirs} | {answer.topic for answer in card.answers} if card else set()
    spoken |= {told.topic for told in _news(looked)}
    seen = {need.topic for need in wrote}
    rest = [t for t in fitting if t.id in spoken and t.id not in seen]
    return (*wrote, *(NeedHeard(topic=t.id, title=said(t.title)) for t in rest))


def _wrote(topic: Topic, texts: Mapping[str, str]) -> NeedHeard | None:
    for text_id, text in reversed(list(texts.items())):
        for sentence in SENTENCE.finditer(text):
            if _pattern(topic.words).search(sentence[0]):
                words = sentence[0].strip()
                start = sentence.start() + sentence[0].index(words)
                span = Span(start=start, end=start + len(words), hash=digest(words))
                return NeedHeard(topic=topic.id, title=said(topic.title), text_id=text_id, said=span)
    return None


@lru_cache(maxsize=100)
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    every = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{every})(?!\w)", re.IGNORECASE)


def _ours(topic: Topic) -> Known:
    return Known(said(topic.title), said(topic.says), topic.audience, topic.source, topic.seen_on)


def _theirs(looked: Looked) -> dict[str, Known]:
    """By topic: what the card says, or later news."""
    found: dict[str, Known] = {}
    for line in looked.card.theirs if looked.card else ():
        topic = looked.playbook.positioning.topic(line.topic)
        title = said(topic.title) if topic else line.topic
        found[line.topic] = Known(title, said(line.says), line.audience, line.source, line.seen_on)
    for told in _news(looked):
        topic = looked.playbook.positioning.topic(told.topic)
        before = found.get(told.topic)
        if topic and (before is None or told.seen_on >= before.seen_on):
            title = said(topic.title)
            found[told.topic] = Known(title, told.says, told.audience, told.source, told.seen_on, told.id)
    return found


def _news(looked: Looked) -> list[NewsRead]:
    """Of this competitor, the oldest first."""
    mine = (told for told in looked.news if looked.card_key and told.card == looked.card_key)
    return sorted(mine, key=lambda told: (told.seen_on, told.id))


def _rows(looked: Looked, needs: Sequence[NeedHeard]) -> Iterable[Compared]:
    theirs = _theirs(looked)
    for need in needs:
        topic, line = looked.playbook.positioning.topic(need.topic), theirs.get(need.topic)
        if topic is None or line is None:
            continue
        ours = _ours(topic)
        if len(for_customers((ours, line))) < 2 or not all(_is_fresh(looked, x.seen_on) for x in (ours, line)):
            continue
        yield Compared(
            topic=topic.id,
            title=ours.title,
            ours=ours.says,
            our_source=ours.source,
            our_seen_on=ours.seen_on,
            theirs=line.says,
            their_source=line.source,
            their_seen_on=line.seen_on,
        )


def _lines(looked: Looked, needs: Sequence[NeedHeard]) -> Iterable[CardLine]:
    """Everything that is fresh: for us, so whatever its audience."""
    rules, card, theirs = looked.playbook.positioning, looked.card, _theirs(looked)
    found: list[tuple[str, Known]] = []
    for need in needs:
        if topic := rules.topic(need.topic):
            found.append(("advantage", _ours(topic)))
    found += [("theirs", line) for line in theirs.values()]
    found += [("answer", _answered(answer)) for answer in (card.answers if card else ())]
    found += [
        ("note", Known("Know", said(note.says), note.audience, note.source, note.seen_on))
        for note in (card.notes if card else ())
    ]
    found += [
        ("note", Known("News", told.says, told.audience, told.source, told.seen_on, told.id))
        for told in _news(looked)
        if not rules.topic(told.topic)
    ]
    for what, line in found:
        if _is_fresh(looked, line.seen_on):
            told = {"says": line.says, "title": line.title, "audience": line.audience, "source": line.source}
            yield CardLine.model_validate({**told, "what": what, "seen_on": line.seen_on, "news": line.news})


def _answered(answer: Answer) -> Known:
    says = f"“{said(answer.asks)}” {said(answer.answer)}"
    return Known("They may ask", says, answer.audience, answer.source, answer.seen_on)


def _stale(looked: Looked) -> Iterable[str]:
    for line in _theirs(looked).values():
        if not _is_fresh(looked, line.seen_on):
            yield f"{line.title}, seen on {line.seen_on:%-d %b %Y}"
    for claim in (*looked.card.answers, *looked.card.notes) if looked.card else ():
        if not _is_fresh(looked, claim.seen_on):
            yield f"{_titled(claim, looked.playbook)}, seen on {claim.seen_on:%-d %b %Y}"


def _titled(claim: Claim, playbook: Playbook) -> str:
    """What the claim is about, in a word or two."""
    if isinstance(claim, Theirs):
        topic = playbook.positioning.topic(claim.topic)
        return said(topic.title) if topic else claim.topic
    return f"“{said(claim.asks)}”" if isinstance(claim, Answer) else "a note"
