"""Whose turn it is, and by which door: the customer's by mail, ours by a direct message."""

from bot.streams.deal.contract import Signer
from bot.streams.deal.deal import Deal
from bot.streams.effects import Effect, SendInvitation
from bot.streams.person.person import Task
from bot.streams.tell import offer


def invitations(deal: Deal, envelope: str, due: tuple[Signer, ...]) -> tuple[Effect, ...]:
    return tuple(_invitation(deal, envelope, signer) for signer in due)


def countersign_task(deal: Deal) -> str:
    return f"{deal.id}:countersign-{deal.package.version}"


def _invitation(deal: Deal, envelope: str, signer: Signer) -> Effect:
    if signer.side == "customer":
        return SendInvitation(signer=signer.no, envelope=envelope)
    task = Task(
        id=countersign_task(deal),
        deal=deal.id,
        kind="countersign",
        about=str(signer.no),
        seen=deal.package.hash,
        title=f"Sign for us: {deal.customer}",
    )
    return offer(signer.person, task)
