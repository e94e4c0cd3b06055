"""The mail that goes with a package, the one that proposes a call, and those that follow: in the customer's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from bot.figures.manner import Manner
from bot.playbook.delivery import LetterWords
from bot.playbook.positioning import Answer, said
from bot.playbook.schema import Playbook
from bot.playbook.wording import fill
from bot.streams.deal.contract import BuiltFile, Contract
from bot.streams.deal.delivery import Because, Mail, Slot
from bot.streams.deal.opportunity import Contact
from bot.streams.money import Money, digits

MR, MS = frozenset({"mr.", "mr", "herr", "m."}), frozenset({"ms.", "ms", "mrs.", "mrs", "frau", "mme"})


@dataclass(frozen=True, slots=True)
class Covered:
    """What is written of, to whom, and how. `rep` signs it."""

    contract: Contract
    contact: Contact
    customer: str
    rep: str
    manner: Manner
    answers: Sequence[Answer]
    files: Sequence[BuiltFile]
    playbook: Playbook

    @property
    def words(self) -> LetterWords:
        letters = self.playbook.letters
        return letters.get(self.manner.language, letters["en"])

    @property
    def locale(self) -> Locale:
        """Of the language, as that country writes numbers and days."""
        try:
            return Locale(self.manner.language, self.contract.customer.country)
        except UnknownLocaleError:
            return Locale(self.manner.language)


def cover(of: Covered) -> Mail:
    words, language = of.words, of.manner.language
    told = [of.playbook.positioning.topic(a.topic) for a in of.contract.position.advantages]
    reasons = [f"- {said(topic.title, language)}: {said(topic.says, language)}." for topic in told if topic]
    asked = [
        f"- {said(a.asks, language)} {said(a.answer, language)}" for a in of.answers[: 1 if of.manner.brief else None]
    ]
    parts = [
        _filled(of, words.opening),
        "\n".join([words.reasons, *reasons[: 2 if of.manner.brief else None]]) if reasons else "",
        "\n".join([words.answers, *asked]) if asked else "",
        _filled(of, words.attached, files=", ".join(words.titles.get(file.template, file.title) for file in of.files)),
        _filled(of, words.next),
    ]
    return _mail(of, words.subject, parts, tuple(file.hash for file in of.files))


def invitation(of: Covered, slots: Sequence[Slot], zone: str) -> Mail:
    """To a call: the times are the customer's."""
    times = "; ".join(moment(of, slot.starts_at, zone) for slot in slots)
    return _mail(of, of.words.present_subject, [_filled(of, of.words.present, slots=times)])


def follow_up(of: Covered, because: Because) -> Mail:
    return _mail(of, of.words.again_subject, [_filled(of, getattr(of.words, because))])


def money(of: Covered, amount: Money) -> str:
    """Every minor digit: 237.984,80 EUR, or EUR 237,984.80 in English."""
    places = digits(amount.currency)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    written = str(format_decimal(amount.decimal(), format=pattern, locale=of.locale))
    return f"{amount.currency} {written}" if of.manner.language == "en" else f"{written} {amount.currency}"


def day(of: Covered, on: date) -> str:
    return str(format_date(on, "long", locale=of.locale))


def moment(of: Covered, at: datetime, zone: str) -> str:
    there = at.astimezone(ZoneInfo(zone))
    return str(format_datetime(there, "EEEE, d MMMM, HH:mm", tzinfo=ZoneInfo(zone), locale=of.locale))


def greeting(of: Covered) -> str:
    """A title only where Salesforce knows it: nobody's is guessed."""
    words, title = of.words, of.contact.salutation.casefold()
    if of.manner.form == "first_name":
        return _filled(of, words.first)
    known = words.mr if title in MR else words.ms if title in MS else words.full
    return _filled(of, known)


def _mail(of: Covered, subject: str, parts: Sequence[str], files: tuple[str, ...] = ()) -> Mail:
    words = of.words
    close = words.close_first if of.manner.form == "first_name" else words.close_formal
    company = of.playbook.company
    body = [greeting(of), *(part for part in parts if part), f"{close}\n{of.rep}\n{company.name}"]
    foot = f"-- \n{company.legal_name}, {company.street}, {company.city}"
    subject = " ".join(_filled(of, subject).split())
    text = "\n\n".join([*body, foot])
    return Mail(to_name=of.contact.name, to_email=of.contact.email, subject=subject, text=text, files=files)


def _filled(of: Covered, text: str, **more: str) -> str:
    quote, names = of.contract.quote, of.contact.name.split()
    number = next((use.number for use in of.contract.documents if use.template == "quote"), of.contract.number)
    known = {
        "customer": of.customer,
        "name": of.contact.name,
        "first": names[0] if names else "",
        "last": names[-1] if names else "",
        "number": number,
        "total": money(of, quote.total),
        "months": str(quote.months),
        "valid_until": day(of, quote.valid_until),
    }
    return fill(text, {**known, **more})
