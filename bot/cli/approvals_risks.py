"""`countersign approvals risks`: how right the chances were that were foretold, and what warnings were good for."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime

from bot import wiring
from bot.cli.options import Json
from bot.figures.foretelling_worth import Foretelling, worth

EVER = datetime(2000, 1, 1, tzinfo=UTC)


def show(as_json: Json = False) -> None:
    """Chances beside outcomes, warnings before delays, false alarms, and whether doing something helped."""
    least = wiring.playbook(wiring.local()).risks.least
    with wiring.store(wiring.stored()).snapshot() as tx:
        found = worth(tx.risks.since(EVER))
    if as_json:
        sys.stdout.write(json.dumps(asdict(found)) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(found, least)) + "\n")


def _lines(of: Foretelling, least: int) -> Iterator[str]:
    yield f"{of.plans} plans ended: {of.held} in time, {of.late} late"
    yield f"Warned: {of.warned}, of these late {of.warned_late}, in time with nothing done {of.false_alarms}"
    yield f"Something was done about {of.mitigated}: {of.mitigated_held} of these were in time"
    if of.plans < least or of.brier is None or of.always is None or of.right is None:
        yield f"How right the chances were: not enough data ({of.plans} of {least})"
        return
    yield f"Right side of even: {of.right:.0%}. Brier score {of.brier:.3f}; telling everybody the same {of.always:.3f}"
    for each in of.bins:
        told = f"{each.foretold:.0%} on average, {each.held:.0%} held ({each.count})"
        yield f"  foretold {each.low} to {each.high}%: {told}"
    if of.factors:
        yield "Named in warnings: " + ", ".join(f"{kind} {count}" for kind, count in of.factors)
