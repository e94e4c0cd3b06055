"""Time in an approver's calendar for one request: the invitation (RFC 5545) and the words around it. Nothing of the
deal's figures; shown to others as private."""

from icalendar import Calendar, Event, vCalAddress, vText

from bot.letters.letter import Letter, written
from bot.playbook.schema import Playbook
from bot.streams.deal.held_time import TimeHeld
from bot.streams.ids import digest


def letter(name: str, held: TimeHeld, title: str, freed: bool, playbook: Playbook) -> Letter:
    company, about = playbook.company, "letter.time_freed" if freed else "letter.time_held"
    words = {"name": name, "title": title}
    return written(
        playbook.word(f"{about}.subject", words),
        (playbook.word("letter.greeting", words), playbook.word(about, words)),
        f"https://slack.com/app_redirect?team={held.person.partition(':')[0]}",
        playbook.word("letter.requests.open"),
        playbook.word("letter.foot", {"contact": company.contact, "company": company.legal_name}),
    )


def invitation(deal_id: str, held: TimeHeld, title: str, address: str, freed: bool, playbook: Playbook) -> bytes:
    """A second one of the same UID and a higher SEQUENCE takes the first one back (RFC 5546, 3.2.5)."""
    company = playbook.company
    event = Event()
    event.add("uid", f"{digest(f'{deal_id}:{held.no}')[:32]}@{company.domain}")
    event.add("sequence", int(freed))
    event.add("dtstamp", held.at)
    event.add("dtstart", held.starts_at)
    event.add("dtend", held.ends_at)
    event.add("summary", vText(playbook.word("hold.summary", {"title": title})))
    event.add("status", "CANCELLED" if freed else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("organizer", vCalAddress(f"mailto:{company.contact}"))
    event.add("attendee", vCalAddress(f"mailto:{address}"), parameters={"PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    calendar = Calendar()
    calendar.add("prodid", "-//Countersign//Approvals//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if freed else "REQUEST")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
