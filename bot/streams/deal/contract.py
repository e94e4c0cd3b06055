"""The canonical contract data: the one place from which every document, check and write takes its facts."""

from datetime import date
from typing import Literal

from bot.streams.deal.quote import Quote
from bot.streams.deal.standing import Position
from bot.streams.ids import digest
from bot.streams.value import Value

Side = Literal["customer", "ours"]


class Party(Value):
    legal_name: str
    street: str
    city: str  # with the postal code as it is written there
    country: str  # ISO 3166 alpha-2
    vat_id: str
    contact_name: str
    contact_title: str


class Signer(Value):
    """`order` is the routing order: equal numbers sign in parallel. `person` is our own people's team:user id."""

    no: int
    side: Side
    name: str
    title: str
    email: str
    order: int
    person: str = ""


class DocumentUse(Value):
    """`template` names a folder of playbook/templates; `why` is the playbook line that asked for it."""

    template: str
    title: str
    number: str
    why: str


class ClauseUse(Value):
    """The rung of a clause that the contract stands on. `granted_by`: whose yes it needs; empty when nobody's."""

    clause: str
    title: str
    rung: str
    says: str
    text: str
    risk: str
    granted_by: str
    why: str


class LawNote(Value):
    """What the law says of a clause here, and whether the package meets it."""

    clause: str
    kind: str
    says: str
    source: str
    met: bool


class Contract(Value):
    number: str
    version: int
    offered_on: date
    customer: Party
    supplier: Party
    quote: Quote
    governing_law: str
    tax_note: str
    renewal_note: str
    documents: tuple[DocumentUse, ...]
    signers: tuple[Signer, ...]
    hosting: str = "eu"  # the key of documents.hosting
    data_place: str = ""
    privacy_contact: str = ""
    clauses: tuple[ClauseUse, ...] = ()
    law_notes: tuple[LawNote, ...] = ()
    own_paper: bool = False  # the customer's own terms stand in place of our master agreement
    position: Position = Position()

    @property
    def digest(self) -> str:
        """Stands in the footer of every page."""
        return digest(self.model_dump_json())


class BuiltFile(Value):
    """One document as built: `hash` is the SHA-256 of the unsealed bytes, `outline` that of what it says, by clause."""

    template: str
    title: str
    number: str
    name: str
    hash: str
    pages: int
    outline: str = ""


def package_hash(files: tuple[BuiltFile, ...]) -> str:
    """What the rep's button and every signature are bound to."""
    return digest(*(file.hash for file in files))
