"""Everything that the quality agent looks at, each thing found once, what blocks first."""

from bot.agents.quality import brand, figures, people, products, promises, terms
from bot.playbook.schema import Playbook
from bot.streams.deal.dossier import Dossier, House
from bot.streams.deal.finding import Finding

ORDER = ("blocks", "warns", "notes")


def findings(dossier: Dossier, playbook: Playbook, house: House) -> tuple[Finding, ...]:
    """Of the data, the documents as read, and Salesforce. Nothing is asked of anybody."""
    parts = (figures, products, terms, people, promises)
    found = [finding for part in parts for finding in part.found(dossier, playbook)]
    found += brand.found(dossier, house)
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: ORDER.index(finding.severity)))
