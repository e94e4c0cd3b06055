"""What a paper may be made of: its type has no place for margin, cost of our own, floor or another customer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.documents import values
from bot.figures.returns import Returns, returns
from bot.playbook.papers import Audience, PaperKind
from bot.playbook.schema import Playbook
from bot.playbook.wording import fill
from bot.streams.deal.contract import Contract, DocumentUse, Party
from bot.streams.deal.opportunity import Contact, Opportunity
from bot.streams.deal.quote import PricedLine
from bot.streams.deal.standing import Position
from bot.streams.money import percent

COMPARED = "how_we_compare"
RIDER, BY_RIDER = "public-sector-rider", frozenset({"renewal", "termination"})
KINDS = ("executive_summary", "technical_appendix", "legal_summary", "talking_points")


@dataclass(frozen=True, slots=True)
class Difference:
    """What of this contract is not as our standard has it."""

    subject: str
    here: str
    standard: str


@dataclass(frozen=True, slots=True)
class Shown:
    """`named` are the values of the contract and its papers, as texts; `contacts` are the customer's people."""

    customer: Party
    supplier: str
    currency: str
    lines: tuple[PricedLine, ...]
    documents: tuple[DocumentUse, ...]
    named: Mapping[str, str]
    returned: Returns | None
    differences: tuple[Difference, ...]
    contacts: tuple[Contact, ...]
    position: Position = Position()

    def says(self, text: str) -> str:
        return fill(text, dict(self.named))

    def document(self, template: str) -> DocumentUse | None:
        return next((use for use in self.documents if use.template == template), None)


def uses(contract: Contract, playbook: Playbook) -> tuple[tuple[DocumentUse, Audience], ...]:
    """The papers of a contract, each with who may see it."""
    kinds = [(name, kind_of(playbook, name)) for name in KINDS]
    kinds += [(COMPARED, playbook.positioning.how_we_compare)] if contract.position.rows else []
    return tuple((_use(name, kind, contract), kind.audience) for name, kind in kinds)


def kind_of(playbook: Playbook, name: str) -> PaperKind:
    kind: PaperKind = getattr(playbook.papers, name)
    return kind


def shown(contract: Contract, opportunity: Opportunity, playbook: Playbook) -> Shown:
    quote = contract.quote
    returned = returns(quote, playbook)
    own = [use for use, _ in uses(contract, playbook)]
    return Shown(
        customer=contract.customer,
        supplier=contract.supplier.legal_name,
        currency=quote.currency,
        lines=quote.lines,
        documents=contract.documents,
        named=_named(contract, own, returned, playbook),
        returned=returned,
        differences=tuple(_differences(contract, playbook)),
        contacts=opportunity.contacts,
        position=contract.position,
    )


def _use(name: str, kind: PaperKind, contract: Contract) -> DocumentUse:
    number = f"{kind.number}-{contract.number}"
    return DocumentUse(template=name.replace("_", "-"), title=kind.title, number=number, why=kind.line)


def _named(contract: Contract, own: list[DocumentUse], returned: Returns | None, playbook: Playbook) -> dict[str, str]:
    named = values.values(contract, own[0]) | _rungs(contract, playbook)
    named |= {use.template.replace("-", "_"): use.number for use in own}
    if returned is not None:
        named |= {"returned": str(returned.returned), "net_return": str(returned.net)}
        named["return_share"] = signed(returned.share)
        named["return_month"] = str(returned.month or "")
    return named


def _rungs(contract: Contract, playbook: Playbook) -> dict[str, str]:
    """Of each clause, the rung it stands on and what that says: `rung_audit`, `said_audit`."""
    stands = {use.clause: (use.rung, use.says) for use in contract.clauses}
    named = {}
    for clause in playbook.clauses:
        usual = (clause.rungs[0].key, clause.rungs[0].says)
        named[f"rung_{clause.key}"], named[f"said_{clause.key}"] = stands.get(clause.key, usual)
    return named


def signed(basis_points: int) -> str:
    """With U+2212 before what is below nothing."""
    return percent(basis_points) if basis_points >= 0 else f"−{percent(-basis_points)}"


def _differences(contract: Contract, playbook: Playbook) -> list[Difference]:
    """Of the terms that are set by deal, and of the clauses that stand on another rung than the one we prefer."""
    usual = playbook.billing.default_payment_days
    standard_law = playbook.law_of(contract.customer.country)
    home = playbook.documents.hosting.get("eu")
    found = []
    if contract.quote.payment_days != usual:
        found.append(Difference("Payment", values.payment(contract), f"{usual} days from the invoice date"))
    if contract.governing_law != standard_law:
        found.append(Difference("Governing law", values.law(contract), f"the laws of {standard_law}"))
    if home and contract.data_place != home.place:
        found.append(Difference("Place of data", contract.data_place, home.place))
    return [*found, *_lower(contract, playbook)]


def _lower(contract: Contract, playbook: Playbook) -> Iterator[Difference]:
    """What a public body has by its rider is no difference: our usual renewal is nothing to tell beside it."""
    ladder = {clause.key: clause for clause in playbook.clauses}
    rider = any(use.template == RIDER for use in contract.documents)
    for use in contract.clauses:
        clause = ladder.get(use.clause)
        if clause is None or use.rung == "preferred" or clause.told_apart or (rider and use.clause in BY_RIDER):
            continue
        yield Difference(use.title, _sentence(use.says), _sentence(clause.rungs[0].says))


def _sentence(says: str) -> str:
    """A rung that adds to what we prefer says "and …"."""
    return f"Our standard, {says}" if says.startswith("and ") else says[:1].upper() + says[1:]
