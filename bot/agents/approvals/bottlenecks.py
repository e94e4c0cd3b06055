"""What is known of one request, as the numbers by which a bottleneck is told: of the deal, the people and the past."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.agents.approvals.authority import chain_to
from bot.agents.approvals.choosing import Candidate
from bot.agents.approvals.escalating import had_by
from bot.agents.approvals.house import house_of
from bot.agents.approvals.plan import choice_of
from bot.agents.approvals.planning import DEFAULT_HOURS
from bot.figures.bottlenecks import a_day, away_days, pacing_rest, unknown, usual_percent
from bot.figures.deal_facts import deal_facts
from bot.figures.hours import business_minutes
from bot.figures.pace import expected
from bot.figures.reapproval import needs_of
from bot.figures.waiting import Window, window
from bot.playbook.approving import ApprovalRule
from bot.playbook.bottlenecks import Sign
from bot.streams.deal.approvals import Approval
from bot.streams.deal.deal import Deal
from bot.streams.decision import Context
from bot.streams.queues import Queue


@dataclass(frozen=True)
class Look:
    """One request that is asked of somebody, at one moment."""

    deal: Deal
    approval: Approval
    context: Context

    @cached_property
    def time(self) -> Window:
        return window(self.deal, self.approval, self.context)

    @cached_property
    def others(self) -> tuple[Candidate, ...]:
        """Who may decide it as well, is here and never had it, nor another seat of its rule; the soonest first."""
        seats = [a for a in self.deal.approvals.open if a.rule == self.approval.rule]
        had = frozenset(person for seat in seats for person in had_by(self.deal, seat))
        choice = choice_of(self.deal, self.approval, self.context, had)
        if choice is None or choice.stuck:
            return ()
        return tuple(c for c in (choice.taken, *choice.others) if not c.away)

    @cached_property
    def free(self) -> tuple[Candidate, ...]:
        """Of these, on whom less waits than she decides in a day."""
        return tuple(c for c in self.others if self.queue(c.person).open < self.a_day(c.person))

    @cached_property
    def behind(self) -> tuple[Approval, ...]:
        """Others that wait for this one although they need nothing of its result, nor of anything else that they wait
        for; none in a deal of high risk."""
        state, rules = self.deal.approvals, self.context.playbook.bottlenecks
        if self.high_risk:
            return ()
        ruled = {a.id: a.rule for a in state.asked}
        return tuple(
            other
            for other in state.open
            if self.approval.id in (waits := state.waits_for[other.id])
            and all(rules.may_run_beside(other.rule, ruled[name]) for name in waits)
        )

    @cached_property
    def high_risk(self) -> bool:
        """By the plan, or by the deal as it is now."""
        planned, made = self.deal.approvals.planned, self.deal.package.current
        if planned is None or made is None or planned.risk:
            return True
        return bool(needs_of(self.deal, made.contract, self.context).risk)

    @cached_property
    def usual(self) -> int:
        return self.usual_of(self.approval, self.approval.person)

    @cached_property
    def waited(self) -> int:
        return self.time.used(self.context.now)

    @cached_property
    def rest(self) -> int:
        return pacing_rest(self.usual, self.waited, max(self.approval.look_minutes, 1))

    @cached_property
    def may_decide(self) -> bool:
        passed = self.deal.approvals.passed_on(self.approval, self.approval.person)
        house = house_of(self.deal, self.approval, self.context)
        return chain_to(self.approval, self.approval.person, house, passed) is not None

    @property
    def place(self) -> int:
        return self.queue(self.approval.person).place(self.approval.id)

    @property
    def decides_a_day(self) -> int:
        return self.a_day(self.approval.person)

    def usual_of(self, approval: Approval, person: str) -> int:
        """The business minutes that she usually takes, before any queue."""
        rule, pacing = self.context.playbook.approvals.rule(approval.rule), self.context.playbook.approvals.pacing
        if rule is None:
            return DEFAULT_HOURS * 60
        return expected(rule, person, 0, self.context.reads.paces, pacing).minutes

    def queue(self, person: str) -> Queue:
        return next((q for q in self.context.reads.queues if q.person == person), Queue(person, 0))

    def a_day(self, person: str) -> int:
        return a_day(person, self.context.reads.tempos, self.context.playbook.bottlenecks)

    def signs(self) -> Mapping[Sign, int]:
        who, rule = self.context.reads.colleague(self.approval.person), self._rule
        decided, percent = usual_percent(rule, self.context.reads.paces) if rule else (0, 0)
        return {
            "may": int(self.may_decide) + len(self.others),
            "hers": int(self.may_decide),
            "away_days": away_days(who, self.context.now, self.time.calendar) if who else 0,
            "open": self.queue(self.approval.person).open,
            "beyond_a_day": max(self.place - self.decides_a_day, 0),
            "free": len(self.free),
            "behind": len(self.behind),
            "waited": self.waited,
            "rest": self.rest,
            "question": self._asked(),
            "unknown": self._unknown(),
            "decided": decided,
            "usual_percent": percent,
        }

    @property
    def _rule(self) -> ApprovalRule | None:
        return self.context.playbook.approvals.rule(self.approval.rule)

    def _asked(self) -> int:
        """Business minutes that a question of hers waits for its answer."""
        asked = self.deal.asking_back.waits(self.approval.subject, self.approval.person)
        return business_minutes(asked.at, self.context.now, self.time.calendar) if asked else 0

    def _unknown(self) -> int:
        made, rule = self.deal.package.current, self._rule
        if made is None or rule is None:
            return 0
        return unknown(rule, deal_facts(self.deal, made.contract.quote, self.context), self.approval.evidence)
