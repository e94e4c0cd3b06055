"""Stopping and starting: the reading of a shared channel, and what leaves for a deal; and what went wrong."""

from bot.streams.deal.deal import Deal
from bot.streams.deal.opening import (
    DealPaused,
    DealResumed,
    ListeningSwitched,
    PauseDeal,
    ReportTrouble,
    ResumeDeal,
    SwitchListening,
    TroubleReported,
)
from bot.streams.decision import Accept, Context, Decision, Refuse
from bot.streams.effects import RefreshIntroduction


def switch(deal: Deal, command: SwitchListening, context: Context) -> Decision:
    if command.on == deal.opening.reads_shared:
        return Refuse("listening.already")
    switched = ListeningSwitched(on=command.on, by=command.actor, at=context.now)
    return Accept((switched,), (RefreshIntroduction(),))


def pause(deal: Deal, command: PauseDeal, context: Context) -> Decision:
    if deal.opportunity is None:
        return Refuse("deal.unknown")
    if deal.opening.paused is not None:
        return Refuse("deal.already_paused")
    return Accept((DealPaused(by=command.actor, at=context.now, reason=command.reason),))


def resume(deal: Deal, command: ResumeDeal, context: Context) -> Decision:
    if deal.opening.paused is None:
        return Refuse("deal.not_paused")
    return Accept((DealResumed(by=command.actor),))


def report(deal: Deal, command: ReportTrouble, context: Context) -> Decision:
    return Accept((TroubleReported(effect=command.effect, lane=command.lane, code=command.code, at=context.now),))
