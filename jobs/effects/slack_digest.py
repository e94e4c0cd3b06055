"""The managers' digest and its picture. The picture is drawn here and nowhere else: the web process never draws."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from bot.blocks import digest, digest_chart, digest_weekly
from bot.blocks.card import Card
from bot.blocks.digest import Picture
from bot.documents.brand import Brand
from bot.figures.chart import Chart, Look
from bot.figures.pipeline import DealLine
from bot.figures.timing import Timeline
from bot.playbook.schema import Playbook
from bot.questions import digests
from bot.streams.company.company import Company, RecordDigest
from bot.streams.effects import PostDigest
from bot.streams.ids import SYSTEM
from integrations.errors import Refused
from integrations.slack.port import Upload
from jobs.effects.how import Desk, Work

log = logging.getLogger(__name__)
GRID = "#D5DBE1"


@dataclass(frozen=True, slots=True)
class Told:
    """A digest that is worth telling, before it has its picture."""

    chart: Chart | None
    won: tuple[Timeline, ...]
    card: Callable[[Picture | None], Card]


def post(work: Work) -> RecordDigest | None:
    """Only the newest of its period: what a stop held back for days is not told day by day."""
    company: Company = work.state
    effect: PostDigest = work.effect
    newest = company.due_of(effect.period)
    if newest is not None and newest.day > effect.day:
        return None
    told = _told(work, company, effect)
    if told is None:
        return None
    picture = _picture(work.desk, told.chart) if told.chart else None
    card = told.card(picture)
    slack, channel = work.desk.ports.slack, f"#{work.desk.playbook.team_digest.channel}"
    posted = slack.post(work.key, channel, card.text, card.blocks, probe=work.again)
    return RecordDigest(
        stream_id=company.id,
        actor=SYSTEM,
        day=effect.day,
        ts=posted.ts,
        period=effect.period,
        until=work.now,
        won=tuple(deal.stream_id for deal in told.won),
    )


def look_of(brand: Brand) -> Look:
    """The selling company's colours and fonts, as a picture needs them."""
    colours, font = brand.colours, brand.fonts.forms
    return Look(colours.ink, colours.muted, colours.accent, GRID, font.package, font.family)


def _told(work: Work, company: Company, effect: PostDigest) -> Told | None:
    """Nothing to tell: no digest."""
    on = date.fromisoformat(effect.day)
    return _weekly(work, company, on) if effect.period == "weekly" else _daily(work, company, on)


def _daily(work: Work, company: Company, on: date) -> Told | None:
    book = work.desk.playbook
    with work.desk.store.snapshot() as tx:
        told = digests.daily(tx, company, on, book, work.now)
    if not digest.worth_telling(told):
        return None
    return Told(_open(told.deals, on, book), told.won, partial(digest.card_of, told))


def _weekly(work: Work, company: Company, on: date) -> Told | None:
    """Without enough signatures to say how long they take, the picture shows what is open."""
    book = work.desk.playbook
    with work.desk.store.snapshot() as tx:
        told = digests.weekly(tx, company, on, book, work.now)
    if not digest_weekly.worth_telling(told):
        return None
    chart = _open(told.deals, on, book)
    if told.steps:
        chart = digest_chart.durations(told.steps, told.start, on, told.rule, book.digest)
    return Told(chart, told.won, partial(digest_weekly.card_of, told))


def _open(deals: tuple[DealLine, ...], on: date, book: Playbook) -> Chart | None:
    return digest_chart.open_deals(deals, on, book.team_digest, book.digest) if deals else None


def _picture(desk: Desk, chart: Chart) -> Picture | None:
    """A picture that Slack refuses is left out: all its numbers stand in the message."""
    from bot.pictures import bars

    png = bars.draw(chart, look_of(desk.brand))
    try:
        return Picture(
            desk.ports.slack.put_picture(Upload("digest.png", chart.title, png)), digest_chart.alt_text(chart)
        )
    except Refused as no:
        log.warning("the digest goes without its picture: %s", no)
        return None
