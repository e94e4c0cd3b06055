"""Situations to open: each begins on the first morning, and is played up to the moment that is worth a look."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sandbox.situations import rush
from sandbox.walk import CLARA, HENRIK, JONAS, MAYA, PRIYA, SHARED, TOTAL, Walk

CONDITION = "We would sign today if you give us 90 days to pay and a reference call with another carrier."
CHANGES = "Before we sign: clause 9 must cap liability at twelve months of fees, and we want the data in Frankfurt."


@dataclass(frozen=True, slots=True)
class Situation:
    """`who` is whom to become; `lacks` says plainly what Countersign does not do about it yet."""

    name: str
    title: str
    says: str
    who: str
    play: Callable[[Walk], None]
    lacks: str = ""


def waiting(walk: Walk) -> None:
    walk.negotiate()
    walk.promise()
    walk.agree()
    walk.request(JONAS, "approval.reject")
    walk.request(PRIYA, "approval.approve")


def _to_the_second_round(walk: Walk) -> None:
    waiting(walk)
    walk.reject()
    walk.reprice()


def _to_sending(walk: Walk) -> None:
    _to_the_second_round(walk)
    walk.approve()


def holiday(walk: Walk) -> None:
    """Jonas has decided; Priya is away, and a day passes."""
    _to_the_second_round(walk)
    walk.press(JONAS, walk.asked(JONAS, TOTAL), "approval.approve")
    walk.asked(PRIYA, TOTAL)
    walk.town.clock.turn(timedelta(hours=22))


def sent(walk: Walk) -> None:
    _to_sending(walk)
    walk.send()
    walk.town.mail.wait_for(walk.town.site.world.users[CLARA].email, timeout=walk.patience_s)


def bounce(walk: Walk) -> None:
    walk.town.mail.refuse(walk.town.site.world.users[CLARA].email)
    _to_sending(walk)
    walk.send()


def condition(walk: Walk) -> None:
    walk.negotiate()
    walk.tell("Clara, in the shared channel", CONDITION)
    walk.people.say(CLARA, SHARED, CONDITION)


def changes(walk: Walk) -> None:
    _to_sending(walk)
    walk.send()
    walk.tell("Henrik, in the shared channel", CHANGES)
    walk.people.say(HENRIK, SHARED, CHANGES)


def outage(walk: Walk) -> None:
    """Everybody has signed but Ines; Salesforce is down."""
    _to_sending(walk)
    walk.send()
    for signer in (CLARA, HENRIK):
        walk.sign(signer)


def won(walk: Walk) -> None:
    walk.play()


SITUATIONS = (
    Situation("waiting", "Two approvals wait", "Clara said yes to 22% and 60 days. Jonas and Priya have a request "
              "each; you decide.", JONAS, waiting),
    Situation("holiday", "An approver on holiday", "Jonas has approved; Priya has been away for a day, and the "
              "time that was asked for has passed.", PRIYA, holiday, "Nobody else is asked yet when an approver stays "
              "away: absence, deputies and delegation come later."),
    Situation("sent", "Out for signature", "Approved and sent. Clara has a letter with a link of her own: sign on her "
              "phone.", CLARA, sent),
    Situation("bounce", "A signer's mail bounces", "The contract is out, and Clara's mailbox does not exist. Nothing "
              "is sent again without a person.", MAYA, bounce, "Maya is not told of it yet; the letter stays owed, and "
              "the ledger says so."),
    Situation("condition", "A yes with an if", "Clara would sign for 90 days and a reference call. That is no yes "
              "yet.", MAYA, condition),
    Situation("changes", "The customer wants changes", "The contract is out for signature when Henrik asks for two "
              "changes.", MAYA, changes, "Reading a customer's redlines clause by clause comes later."),
    Situation("outage", "One signature from won", "Only Ines has to counter-sign. Take Salesforce down first, and see "
              "what waits, and that nothing is lost.", "U07INES0001", outage),
    Situation("rush", "Month end, twenty deals", "It is the last day of November, and twenty customers say yes within "
              "minutes. Let the others act on their own.", "U07SAM00001", rush.rush),
    Situation("won", "The whole deal, won", "Everything is done: signed, sealed, booked, handed over and told. Look at "
              "the ledger and the books.", MAYA, won),
)  # fmt: skip
BY_NAME = {situation.name: situation for situation in SITUATIONS}
