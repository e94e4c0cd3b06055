"""Clauses that nobody knows, or that the law does not allow, keep a package from being drafted."""

from collections.abc import Iterable

from bot.agents.contracts.missing import MissingDetail
from bot.figures.clauses import Wishes
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import LawNote


def check_terms(wishes: Wishes, playbook: Playbook) -> None:
    """Raises MissingDetail when the customer's legal terms name a clause or a rung that the ladder does not have."""
    ladder = {clause.key: clause for clause in playbook.clauses}
    for key, rung in wishes.items():
        clause = ladder.get(key)
        if clause is None:
            titles = ", ".join(clause.title for clause in playbook.clauses)
            advice = f"we have no clause {key.replace('_', ' ')}: correct Legal terms on the account"
            raise MissingDetail("Legal terms", f"one of {titles}", advice)
        if clause.rung(rung) is None:
            rungs = ", ".join(f"{each.key} ({each.says})" for each in clause.rungs)
            advice = f"we never agree to {clause.never}: speak to legal, or correct Legal terms on the account"
            raise MissingDetail(f"Legal terms, {clause.title.lower()}", f"one of {rungs}", advice)


def check_law(notes: Iterable[LawNote]) -> None:
    """Raises MissingDetail at the first thing that the law forbids, or requires and does not find."""
    for note in notes:
        if not note.met and note.kind != "risky":
            clause = note.clause.replace("_", " ").capitalize()
            advice = f"{note.source} would be broken: change the terms, or ask legal"
            raise MissingDetail(clause, f"what the law asks for: {note.says}", advice)
