"""All checks of a package together: its data, its documents, and whether they agree."""

from bot.agents.quality.checking import findings
from bot.documents import checks
from bot.playbook.schema import Playbook
from bot.streams.deal.dossier import Dossier, House
from bot.streams.deal.finding import Finding, Group
from bot.streams.deal.package import Check

NAMES: dict[Group, str] = {
    "figures": "Discounts, list prices and taxes are right",
    "products": "The products exist and work together",
    "terms": "The terms follow the policy",
    "people": "The customer and those who sign are as in Salesforce",
    "promises": "What was promised exists and is sold",
    "brand": "The documents look and sound like us",
}


def checks_of(dossier: Dossier, playbook: Playbook, house: House) -> tuple[Check, ...]:
    """Every check, passed or not; one that only warns has passed."""
    return (*checks.of_papers(dossier.contract, dossier.papers), *beyond_documents(dossier, playbook, house))


def beyond_documents(dossier: Dossier, playbook: Playbook, house: House) -> tuple[Check, ...]:
    """Those that do not only compare the documents with the contract's data."""
    found = findings(dossier, playbook, house)
    return tuple(_check(name, [f for f in found if f.group == group]) for group, name in NAMES.items())


def _check(name: str, found: list[Finding]) -> Check:
    wrong = [finding.says for finding in found if finding.severity == "blocks"]
    return Check(name=name, passed=not wrong, found="; ".join(wrong), findings=tuple(found))
