"""In production a text goes to a customer only after counsel has read it, and only until it is due again."""

from collections.abc import Iterable
from datetime import date

from bot.agents.contracts.missing import MissingDetail
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import DocumentUse


def check_reviews(documents: Iterable[DocumentUse], today: date, playbook: Playbook) -> None:
    """Raises MissingDetail with the text, what is wrong with it and what to do."""
    if not playbook.documents.production:
        return
    for use in documents:
        review = playbook.texts.get(use.template)
        why = review.unfit_on(today) if review else "nobody says who reviewed it"
        if why:
            where = f"playbook/templates/{use.template}/review.yaml"
            advice = f"{why}: have counsel review it, and write reviewed_by, reviewed_on and next_review into {where}"
            raise MissingDetail(use.title, "a text that counsel has reviewed", advice)
