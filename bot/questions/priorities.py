"""Which deals are critical now, for who may say so; and what priority was good for."""

from bot.blocks.critical_card import Listed
from bot.blocks.people import Known
from bot.playbook.schema import Playbook
from bot.store.transaction import Store
from bot.streams.company.company import Company
from bot.streams.ids import COMPANY


def listed(store: Store, playbook: Playbook, code: str) -> Listed:
    with store.snapshot() as tx:
        company: Company = tx.ledger.load(COMPANY, code).state
        return Listed(company.priorities, playbook, Known(tx.people.names()))
