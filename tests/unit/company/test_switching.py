"""The switches of autonomy: what cannot be undone stays with a person, each step holds by its newest word."""

from datetime import UTC, datetime

import pytest

from bot.agents.company.switching import set_autonomy
from bot.figures.autonomy import gated, level
from bot.playbook.company import Autonomy
from bot.playbook.permissions import NEVER_ABOVE_ASK, Step
from bot.streams.company.autonomy import SWITCHED, AutonomySet, SetAutonomy, levels, seen
from bot.streams.company.company import Company, apply
from bot.streams.deal.steps import StepHeld
from bot.streams.decision import Accept, Context, Reads, Refuse, Switch
from bot.streams.effects import PostWin
from bot.streams.ids import COMPANY
from tests.unit.people.somebody import playbook

NOW = datetime(2026, 11, 17, 9, 12, tzinfo=UTC)
KOFI = "T07LARK:U07KOFI0001"
EMPTY = Company(COMPANY)


def wish(steps: dict[Step, Autonomy], company: Company = EMPTY) -> SetAutonomy:
    shown = seen(levels(company.autonomy, playbook()))
    return SetAutonomy(stream_id=COMPANY, actor=KOFI, steps=steps, seen=shown)


def context(*switches: Switch) -> Context:
    return Context(now=NOW, playbook=playbook(), reads=Reads(autonomy=switches))


@pytest.mark.parametrize("step", sorted(NEVER_ABOVE_ASK))
def test_what_cannot_be_undone_is_never_done_without_a_person(step: Step) -> None:
    assert set_autonomy(EMPTY, wish({step: "act"}), context()) == Refuse("autonomy.never", field=step)
    assert level(step, context(Switch(step, "act", KOFI, NOW))) == "ask"


def test_only_what_differs_becomes_a_fact_with_who_and_when() -> None:
    decision = set_autonomy(EMPTY, wish({Step.POST_WIN: "ask", Step.BOOK_FINANCE: "act"}), context())
    assert isinstance(decision, Accept)
    assert decision.facts == (AutonomySet(step=Step.POST_WIN, level="ask", by=KOFI, at=NOW),)


def test_the_newest_word_on_a_step_holds() -> None:
    first = AutonomySet(step=Step.POST_WIN, level="ask", by=KOFI, at=NOW)
    company = apply(apply(EMPTY, first), first.model_copy(update={"level": "suggest"}))
    assert levels(company.autonomy, playbook())[Step.POST_WIN] == "suggest"
    assert len(company.autonomy) == 1


def test_a_form_of_before_the_newest_change_is_refused() -> None:
    changed = apply(EMPTY, AutonomySet(step=Step.POST_WIN, level="ask", by=KOFI, at=NOW))
    assert set_autonomy(changed, wish({Step.POST_WIN: "act"}), context()) == Refuse("autonomy.changed")


def test_a_step_without_a_switch_is_refused() -> None:
    assert set_autonomy(EMPTY, wish({Step.OPEN_DEAL: "ask"}), context()) == Refuse("autonomy.unknown")


@pytest.mark.parametrize(("own", "acts"), [(None, True), ("act", True), ("ask", False), ("suggest", False)])
def test_a_step_acts_only_where_it_may(own: Autonomy | None, acts: bool) -> None:
    switches = [Switch(Step.POST_WIN, own, KOFI, NOW)] if own else []
    facts, effects = gated(Step.POST_WIN, (PostWin(),), context(*switches), "abc")
    assert effects == ((PostWin(),) if acts else ())
    assert [(f.level, f.about) for f in facts if isinstance(f, StepHeld)] == ([] if acts else [(own, "abc")])


def test_every_switch_has_its_words() -> None:
    assert all(playbook().word(f"step.{step}") for step in SWITCHED)
