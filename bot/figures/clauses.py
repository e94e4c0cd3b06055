"""Which rung of each clause a deal stands on, and what the law of its place and sector says of that."""

from collections.abc import Iterable, Mapping

from bot.figures.conditions import Facts, holds
from bot.playbook.clauses import RISKS, Clause, Regulation, Risk, Rung
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import ClauseUse, LawNote
from bot.streams.deal.opportunity import Account

Wishes = Mapping[str, str]
Reasons = Mapping[str, tuple[str, str]]  # clause -> rung, and why


def wishes_of(account: Account) -> dict[str, str]:
    """Clause -> rung, as the account's legal terms in Salesforce name them: "Liability cap: first; Audit: first"."""
    pairs = (wish.partition(":") for wish in account.legal_terms.split(";") if wish.strip())
    return {"_".join(name.casefold().split()): rung.casefold().strip() for name, _, rung in pairs}


def choose(wishes: Wishes, facts: Facts, playbook: Playbook, more: Iterable[Reasons] = ()) -> tuple[ClauseUse, ...]:
    """The highest rung that neither the law nor the customer's terms rule out, nor `more`: what was agreed or is
    foreseen. Unknown wishes are passed over."""
    asked = {key: (rung, "the customer's legal terms ask for it") for key, rung in wishes.items()}
    law: list[Reasons] = [
        {row.clause: (row.takes, f"{row.says} ({row.source})")}
        for row in playbook.regulation
        if row.takes and holds(row.when, facts)
    ]
    rights = frozenset((r.clause, r.takes) for r in playbook.regulation if r.as_of_right and holds(r.when, facts))
    reasons = (asked, _by_terms(facts, playbook), *more, *law)
    return tuple(_chosen(clause, reasons, rights, facts) for clause in playbook.clauses)


def _by_terms(facts: Facts, playbook: Playbook) -> Reasons:
    """The lowest rung that the deal's own terms have set."""
    set_by = ((c.key, rung.key) for c in playbook.clauses for rung in c.rungs if rung.when and holds(rung.when, facts))
    return {clause: (rung, "the deal's terms have it so") for clause, rung in set_by}


def law_notes(
    clauses: Iterable[ClauseUse], documents: frozenset[str], facts: Facts, playbook: Playbook
) -> tuple[LawNote, ...]:
    """Every row of the law that speaks of this deal; `documents` are the templates of its package."""
    used = {use.clause: use for use in clauses}
    return tuple(
        LawNote(
            clause=row.clause,
            kind=row.kind,
            says=row.says,
            source=row.source,
            met=_met(row, used.get(row.clause), documents, playbook),
        )
        for row in playbook.regulation
        if holds(row.when, facts)
    )


def grants(clauses: Iterable[ClauseUse]) -> frozenset[str]:
    """The roles whose yes the rungs need."""
    return frozenset(use.granted_by for use in clauses if use.granted_by)


def granted(clauses: Iterable[ClauseUse], role: str) -> str:
    """What that role is asked to grant, in words: "Liability cap: the fees of 24 months (…)"."""
    return "; ".join(f"{use.title}: {use.says} ({use.why})" for use in clauses if use.granted_by == role)


def risk_of(clauses: Iterable[ClauseUse], notes: Iterable[LawNote]) -> Risk:
    """Of the whole package: its riskiest clause, and high where the law is not met."""
    worst = max((RISKS.index(rung) for rung in RISKS for use in clauses if use.risk == rung), default=0)
    unmet = {note.kind for note in notes if not note.met}
    lawful = 2 if unmet & {"forbidden", "required"} else 1 if unmet else 0
    return RISKS[max(worst, lawful)]


def _chosen(
    clause: Clause, reasons: Iterable[Reasons], rights: frozenset[tuple[str, str | None]], facts: Facts
) -> ClauseUse:
    """What the deal's terms set stands by these alone, whatever somebody wishes."""
    wanted = [(clause.rungs[0], "what we prefer")]
    for reason in reasons:
        key, why = reason.get(clause.key, ("", ""))
        if (rung := clause.rung(key)) is not None and holds(rung.when, facts):
            wanted.append((rung, why))
    rung, why = max(wanted, key=lambda each: clause.rungs.index(each[0]))
    free = clause.granted_apart or (clause.key, rung.key) in rights
    return _use(clause, rung, why, "" if free else rung.granted_by or "")


def _use(clause: Clause, rung: Rung, why: str, granted_by: str) -> ClauseUse:
    return ClauseUse(
        clause=clause.key,
        title=clause.title,
        rung=rung.key,
        says=rung.says,
        text=rung.text,
        risk=rung.risk,
        granted_by=granted_by,
        why=why,
    )


def _met(row: Regulation, use: ClauseUse | None, documents: frozenset[str], playbook: Playbook) -> bool:
    if row.document:
        return row.document in documents
    if row.needs:
        return use is not None and all(word in use.text for word in row.needs)
    clause = next((clause for clause in playbook.clauses if clause.key == row.clause), None)
    wanted = clause.rung(row.takes or "") if clause else None
    if use is None or clause is None or wanted is None:
        return False
    taken = clause.rung(use.rung)
    return taken is not None and clause.rungs.index(taken) >= clause.rungs.index(wanted)
