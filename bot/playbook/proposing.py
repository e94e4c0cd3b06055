"""How a change that numbers speak for is put to its owner and followed."""

from pydantic import Field

from bot.playbook.section import Days, Key, Section, Text


class ProposedKind(Section):
    """`owner` is a role; when nobody holds it, who may override the policy is asked."""

    title: Text
    owner: Key


class Proposing(Section):
    """`due_days` has its owner to answer, `follow_days` has the number to move after her yes. Below `least` since then
    nothing is said of it. What is over is not proposed again for `again_days`; so far back is also looked."""

    due_days: Days = Field(gt=0)
    follow_days: Days = Field(gt=0)
    least: int = Field(gt=0, le=10_000)
    again_days: Days = Field(gt=0)
    kinds: dict[Key, ProposedKind]
