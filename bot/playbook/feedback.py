"""How approvals are asked about: whom, how rarely, in which words, and what follows from what many say."""

from typing import Literal, Self

from pydantic import Field, model_validator

from bot.playbook.section import Days, Key, Percent, Section, Text

Side = Literal["approver", "rep"]
Tested = Literal["deputy", "granted", "moved", "nothing"]
NOTHING = "nothing"  # the friction of who had none


class FeedbackAnswer(Section):
    id: Key
    says: Text
    score: int = Field(ge=0, le=10)


class Friction(Section):
    """`asks`: who is offered it. `advice` is what is proposed, `tested` what the past can say of it."""

    id: Key
    says: Text
    asks: tuple[Side, ...] = Field(min_length=1)
    advice: Text
    tested: Tested


class FeedbackRules(Section):
    """Shares are of decisions (`sample`) and of answers; `satisfied_at` is in tenths of a score."""

    sample: Percent
    apart_days: Days = Field(gt=0)
    at_least_people: int = Field(gt=1, le=1_000)
    satisfied_at: int = Field(ge=0, le=100)
    weeks: int = Field(gt=1, le=52)
    least: int = Field(gt=0, le=10_000)
    raise_at: Percent
    reach: Percent
    question: Text
    answers: tuple[FeedbackAnswer, ...] = Field(min_length=3, max_length=5)
    frictions_question: Text
    frictions: tuple[Friction, ...] = Field(min_length=1, max_length=7)
    nothing: Text

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.reach >= self.raise_at:
            raise ValueError("reach is not below raise_at. Fix: let the share that is to be reached be smaller")
        ids = [*(each.id for each in self.answers), *(each.id for each in self.frictions)]
        if twice := sorted({i for i in ids if ids.count(i) > 1 or i == NOTHING}):
            raise ValueError(f"id {', '.join(twice)} stands twice, or is taken. Fix: give each its own")
        return self

    def answer(self, name: str) -> FeedbackAnswer | None:
        return next((each for each in self.answers if each.id == name), None)

    def friction(self, name: str) -> Friction | None:
        return next((each for each in self.frictions if each.id == name), None)

    def offered(self, side: Side) -> tuple[Friction, ...]:
        return tuple(each for each in self.frictions if side in each.asks)

    def friction_says(self, name: str) -> str:
        found = self.friction(name)
        return found.says if found else self.nothing if name == NOTHING else name
