"""What the papers beside the contract say, by who reads them: each claim with where it comes from."""

from typing import Literal, Self

from pydantic import Field, model_validator

from bot.playbook.section import Amounts, Code, Key, Section, Text

Audience = Literal["customer", "rep"]
STATEMENTS, OBJECTIONS = 3, 2  # of each stakeholder's talking points


class PaperKind(Section):
    """`number` is the prefix of its document number; `audience` decides who may ever see it."""

    title: Text
    number: Text
    audience: Audience
    line: Text


class Benefit(Section):
    """`per_month`: of one unit, from month `from_month` of the term on. `source` says who measured it."""

    says: Text
    per_month: Amounts = Field(min_length=1)
    from_month: int = Field(ge=1, le=120)
    source: Text


class Connection(Section):
    """Something that a product works with: `version` is the interface's."""

    name: Text
    version: Text
    how: Text


class Offering(Section):
    """Of one product, by its code: what it brings, and what a technician asks about it."""

    benefits: tuple[Benefit, ...] = ()
    connections: tuple[Connection, ...] = ()
    needs: Text


class Measure(Section):
    subject: Text
    says: Text


class ClauseNote(Section):
    """A clause in plain words. It stands where `clause` of `template` does; in jinja2, by the values of a template."""

    subject: Text
    template: Key
    clause: Text
    says: Text


class Statement(Section):
    """For a deal with that product, or for every deal. `returns`: it needs a return that can be calculated."""

    says: Text
    evidence: Text
    product: Code | None = None
    returns: bool = False


class Objection(Section):
    says: Text
    answer: Text


class Stakeholder(Section):
    """`words` in a contact's title show that she is one; the first that fits is taken."""

    id: Key
    title: Text
    words: frozenset[str] = frozenset()
    cares: Text
    statements: tuple[Statement, ...]
    objections: tuple[Objection, ...] = Field(min_length=OBJECTIONS)

    @model_validator(mode="after")
    def _always_enough(self) -> Self:
        if sum(not s.product and not s.returns for s in self.statements) < STATEMENTS:
            raise ValueError(f"statements of {self.id} are too few for every deal. Fix: add some without a product")
        return self


class Papers(Section):
    """`else_reads` is the stakeholder for a title that none of the words is in."""

    executive_summary: PaperKind
    technical_appendix: PaperKind
    legal_summary: PaperKind
    talking_points: PaperKind
    offerings: dict[Code, Offering] = {}
    measures: tuple[Measure, ...] = Field(min_length=1)
    clauses: tuple[ClauseNote, ...] = Field(min_length=1)
    stakeholders: tuple[Stakeholder, ...] = Field(min_length=1)
    else_reads: Key

    @model_validator(mode="after")
    def _somebody_reads(self) -> Self:
        if self.else_reads not in {stakeholder.id for stakeholder in self.stakeholders}:
            raise ValueError(f"else_reads {self.else_reads} is no stakeholder. Fix: name one of them")
        return self

    def stakeholder(self, title: str) -> Stakeholder:
        """By the words of a title, such as "Chief Financial Officer"."""
        said = f" {title.casefold()} "
        fitting = (s for s in self.stakeholders if any(f" {word} " in said for word in s.words))
        return next(fitting, next(s for s in self.stakeholders if s.id == self.else_reads))
