"""When a customer is reached, in which words; by their own pattern, their clock, and the customs of their country."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.delivery import calendar_of, slots, timing, working_days_later
from bot.figures.hours import is_working_day
from bot.figures.manner import manner
from bot.playbook.company import Calendar
from bot.playbook.delivery import Customs
from tests.unit.documents.papers_example import playbook

RULES = playbook().deliveries
NOW = datetime(2026, 11, 17, 9, 12, tzinfo=UTC)  # a Tuesday
BERLIN = ZoneInfo("Europe/Berlin")


def of(country: str, state: str = "") -> tuple[Customs, Calendar]:
    customs = RULES.customs(country)
    return customs, calendar_of(customs, country, state)


def moments(count: int, hour: int = 15) -> list[datetime]:
    first = datetime(2026, 10, 1, hour, 20, tzinfo=BERLIN)
    return [first + timedelta(days=7 * (n % 6), minutes=n % 40) for n in range(count)]


@pytest.mark.parametrize(("count", "known"), [(RULES.at_least - 1, False), (RULES.at_least, True)])
def test_a_pattern_is_said_from_the_playbooks_minimum_on(count: int, known: bool) -> None:
    customs, calendar = of("DE")
    found = timing(moments(count), 0, NOW, calendar, customs, RULES)
    assert found.known is known
    there = found.at.astimezone(BERLIN)
    assert there.hour == (14 if known else 9) and there > NOW
    assert (0 < found.low < found.high <= 10_000) is known


@pytest.mark.parametrize(("by_mail", "channel"), [(20, "mail"), (0, "slack"), (10, "mail")])
def test_the_channel_is_theirs_once_it_is_clear(by_mail: int, channel: str) -> None:
    customs, calendar = of("DE")
    assert timing(moments(20), by_mail, NOW, calendar, customs, RULES).channel == channel


@given(
    st.sampled_from(sorted(RULES.countries)),
    st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    st.lists(st.integers(0, 23), max_size=20),
)
def test_never_on_a_free_day_at_lunch_or_in_the_past(country: str, now: datetime, hours: list[int]) -> None:
    customs, calendar = of(country)
    seen = [datetime(2026, 10, 1, hour, tzinfo=UTC) for hour in hours]
    at = timing(seen, 0, now, calendar, customs, RULES).at.astimezone(ZoneInfo(calendar.time_zone))
    assert at >= now and is_working_day(at.date(), calendar)
    assert customs.opens <= at.time() < customs.closes
    assert not customs.lunch_from <= at.time() < customs.lunch_until
    for slot in slots(now, calendar, of("IE")[1], customs, RULES):
        assert slot.starts_at > now and slot.ends_at - slot.starts_at == timedelta(minutes=RULES.slot_minutes)
        for side in (calendar, of("IE")[1]):
            begins = slot.starts_at.astimezone(ZoneInfo(side.time_zone))
            assert is_working_day(begins.date(), side) and side.opens <= begins.time() < side.closes


def test_a_holiday_there_is_no_day_for_it() -> None:
    customs, calendar = of("DE", "BY")
    evening = datetime(2027, 1, 5, 18, tzinfo=UTC)  # Epiphany is a holiday in Bavaria
    assert timing([], 0, evening, calendar, customs, RULES).at.astimezone(BERLIN).day == 7


def test_a_friday_afternoon_is_over_early_where_it_is_so() -> None:
    customs, calendar = of("DE")
    friday = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    assert timing(moments(20), 0, friday, calendar, customs, RULES).at.astimezone(BERLIN).weekday() == 0


@pytest.mark.parametrize(
    ("state", "zone"), [("CA", "America/Los_Angeles"), ("NY", "America/New_York"), ("", "America/New_York")]
)
def test_a_state_lives_by_its_own_clock(state: str, zone: str) -> None:
    assert of("US", state)[1].time_zone == zone


@pytest.mark.parametrize("country", ["ZZ", ""])
def test_an_unknown_country_has_the_customs_of_the_rest(country: str) -> None:
    customs, calendar = of(country)
    assert customs is RULES.countries[RULES.elsewhere] and calendar.country == "IE"


def test_working_days_are_theirs() -> None:
    thursday = datetime(2026, 11, 19, 10, tzinfo=UTC)
    assert working_days_later(thursday, 3, of("DE")[1]) == datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("texts", "country", "language", "form"),
    [
        ([], "DE", "de", "formal"),
        ([], "US", "en", "first_name"),
        ([], "FR", "fr", "formal"),
        (["Hallo Maya, kannst du uns bitte das Angebot schicken?"], "DE", "de", "first_name"),
        (["Hallo, können Sie uns bitte das Angebot schicken?"], "DE", "de", "formal"),
        (["We like the offer, and the price is right for our team."], "DE", "en", "formal"),
        (["Hi Maya, we like the offer, cheers"], "DE", "en", "first_name"),
        (["Bonjour, nous avons les documents, merci pour votre offre"], "CH", "fr", "formal"),
        (["ok"], "DE", "de", "formal"),
    ],
)
def test_they_are_written_to_as_they_write(texts: list[str], country: str, language: str, form: str) -> None:
    found = manner(texts, RULES.customs(country), RULES, country)
    assert (found.language, found.form) == (language, form)


@pytest.mark.parametrize(("words", "brief"), [(RULES.brief_under - 1, True), (RULES.brief_under, False), (0, False)])
def test_who_writes_short_gets_a_short_mail(words: int, brief: bool) -> None:
    texts = [" ".join(["wort"] * words)] if words else []
    assert manner(texts, RULES.customs("DE"), RULES, "DE").brief is brief
