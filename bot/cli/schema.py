"""`countersign schema`: what the facts look like, and what the commands that read JSON read."""

import json
import sys
from typing import Annotated

import typer
from pydantic import BaseModel, TypeAdapter
from rich.console import Console

from bot.store.kinds import KINDS
from bot.streams.any_effect import AnyEffect
from bot.streams.deal.asking import DealAsked, QuoteForCustomer
from bot.streams.deal.dossier import Dossier
from bot.streams.deal.planning import DealToPlan
from bot.streams.deal.quote import Quote
from bot.streams.deal.wording import Wording

MISUSED = 2
READ: dict[str, type[BaseModel]] = {
    "quote": DealAsked,
    "quote-priced": Quote,
    "quote-customer": QuoteForCustomer,
    "package": Dossier,
    "approvals": DealToPlan,
    "wording": Wording,
}
err = Console(stderr=True)


def schema(
    name: Annotated[
        str, typer.Argument(help="a stream such as deal, effects, or quote, quote-priced, quote-customer, package")
    ],
) -> None:
    """Prints the JSON schema of a stream's facts, of the effects, or of what `countersign quote` and `quality` read."""
    if name == "effects":
        found = TypeAdapter(AnyEffect).json_schema()
    elif name in READ:
        found = READ[name].model_json_schema()
    elif name in KINDS:
        found = KINDS[name].fact.json_schema()
    else:
        err.print(f"there is no schema {name!r}: choose one of {', '.join([*KINDS, *READ, 'effects'])}")
        raise typer.Exit(MISUSED)
    sys.stdout.write(json.dumps(found, indent=2) + "\n")
