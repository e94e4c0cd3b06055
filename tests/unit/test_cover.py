"""The mail to the customer, in each language: whole, signed, in their numbers, and with nothing that is ours alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.manner import Manner
from bot.figures.positioning import Looked, answers, position
from bot.letters.cover import Covered, cover, follow_up, greeting, invitation
from bot.playbook.wording import flaw
from bot.streams.deal.delivery import Slot
from integrations.mail.inbound import answer, events
from tests.unit.documents.example import CONTRACT
from tests.unit.documents.papers_example import CONTACTS, playbook

AT = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


def covered(language: str = "de", form: str = "formal", brief: bool = False, salutation: str = "Ms.") -> Covered:
    seen = Looked("Routewise", "", frozenset({"FLEET"}), {}, (), (), date(2026, 11, 17), playbook())
    return Covered(
        contract=CONTRACT.model_copy(update={"position": position(seen)}),
        contact=CONTACTS[0].model_copy(update={"salutation": salutation}),
        customer="Brightwater Freight",
        rep="Maya Okafor",
        manner=Manner(language, form, brief, ()),  # type: ignore[arg-type]
        answers=answers(seen),
        files=(),
        playbook=playbook(),
    )


@pytest.mark.parametrize(
    ("language", "amount", "until"),
    [
        ("de", "237.984,80 EUR", "17. Dezember 2026"),
        ("en", "EUR 237,984.80", "17 December 2026"),
        ("fr", "237\u202f984,80 EUR", "17 décembre 2026"),
    ],
)
def test_amounts_and_days_are_written_as_there(language: str, amount: str, until: str) -> None:
    contract = CONTRACT.model_copy(
        update={
            "customer": CONTRACT.customer.model_copy(update={"country": {"en": "GB"}.get(language, language.upper())})
        }
    )
    text = cover(replace(covered(language), contract=contract)).text
    assert amount in text and until in text


@pytest.mark.parametrize(
    ("language", "form", "salutation", "said"),
    [
        ("de", "formal", "Ms.", "Sehr geehrte Frau Vogt,"),
        ("de", "formal", "Herr", "Sehr geehrter Herr Vogt,"),
        ("de", "formal", "", "Guten Tag Clara Vogt,"),
        ("de", "formal", "Dr.", "Guten Tag Clara Vogt,"),
        ("de", "first_name", "Ms.", "Hallo Clara,"),
        ("en", "first_name", "", "Hi Clara,"),
        ("fr", "formal", "Ms.", "Madame,"),
        ("it", "formal", "", "Dear Clara Vogt,"),
    ],
)
def test_nobodys_title_is_guessed(language: str, form: str, salutation: str, said: str) -> None:
    assert greeting(covered(language, form, salutation=salutation)) == said


@pytest.mark.parametrize("language", sorted(playbook().letters))
def test_every_word_of_a_language_can_be_filled(language: str) -> None:
    words = playbook().letters[language]
    assert not any(flaw(text) for text in words.model_dump(exclude={"titles"}).values())
    of = covered(language)
    slot = Slot(starts_at=AT, ends_at=AT + timedelta(minutes=30))
    mails = [cover(of), invitation(of, [slot], "Europe/Berlin")]
    mails += [follow_up(of, because) for because in ("ignored", "opened", "forwarded")]
    for mail in mails:
        assert mail.subject and "Maya Okafor" in mail.text and "{{" not in mail.text
        assert "Routewise" not in mail.text and "trial on their own orders" not in mail.text


def test_a_short_mail_says_less() -> None:
    assert cover(covered(brief=True)).text.count("\n- ") < cover(covered()).text.count("\n- ")


def test_what_is_sent_is_bound_to_every_word_of_it() -> None:
    mail = cover(covered())
    changed = [mail.model_copy(update={name: "x"}) for name in ("to_email", "subject", "text")]
    changed.append(mail.model_copy(update={"files": ("x",)}))
    assert len({mail.seen, *(each.seen for each in changed)}) == 5


OURS = f"<{'a' * 32}@larkspur.example>"


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (f"In-Reply-To: {OURS}", "replied"),
        (f"References: <x@y> {OURS}\r\nAuto-Submitted: auto-replied", "away"),
        (f"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\r\nMessage-ID: {OURS}\r\n--b--", "bounced"),
    ],
)
def test_what_comes_back_says_what_it_is_about(headers: str, kind: str) -> None:
    heard = answer(f"From: Clara <CLARA@brightwater.example>\r\n{headers}\r\n\r\nok\r\n", "", "larkspur.example")
    assert (heard.kind, heard.about, heard.who) == (kind, (OURS,), "clara@brightwater.example")


@pytest.mark.parametrize("raw", ["", "\x00", "From: <<<", "In-Reply-To: <x@evil.example>\r\n\r\n"])
def test_what_answers_nothing_of_ours_is_about_nothing(raw: str) -> None:
    assert answer(raw, "x@y.example", "larkspur.example").about == ()


NAMES = st.sampled_from(["From", "In-Reply-To", "References", "Auto-Submitted", "Content-Type", "Subject"])
VALUES = st.text(max_size=40) | st.sampled_from(
    ["a@[", "=?utf-8?b?//8=?=", 'multipart/report; boundary="', "(", "a: b;"]
)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=5), st.text(max_size=30))
def test_no_letter_breaks_the_door(headers: list[tuple[str, str]], body: str) -> None:
    raw = "".join(f"{name}: {value}\r\n" for name, value in headers)
    assert answer(f"{raw}\r\n{body}", "", "larkspur.example").about == ()


def test_an_event_needs_its_time_and_its_id() -> None:
    good = {"event": "open", "timestamp": 1_800_000_000, "sg_event_id": "1", "smtp-id": OURS, "email": "A@b.example"}
    (heard,) = events([good, {**good, "event": "click"}, {**good, "timestamp": -1}, {**good, "sg_event_id": ""}])
    assert (heard.kind, heard.about, heard.who) == ("opened", (OURS,), "a@b.example")
