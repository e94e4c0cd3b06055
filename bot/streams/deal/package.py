"""The contract package: priced, drafted, checked, ready; and the next one when something changes."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from pydantic import Field

from bot.streams.deal.contract import BuiltFile, Contract, package_hash
from bot.streams.deal.finding import Finding
from bot.streams.deal.foreseen import Foreseen, Habits
from bot.streams.deal.standing import Standing
from bot.streams.decision import Command, Fact
from bot.streams.money import BasisPoints, Money
from bot.streams.value import Value


class Terms(Value):
    """What is asked for: the discount on every discountable line (none: as it stands in Salesforce), days to pay, the
    term (0: as it stands there), and the shares of the years' invoices (none: as the service runs)."""

    discount: BasisPoints | None
    payment_days: int = Field(ge=0, le=365)
    months: int = Field(default=0, ge=0, le=240)
    bill_shares: tuple[int, ...] = ()
    scenario: str = ""


class Check(Value):
    """`found` says in words what keeps it from passing; `findings` also hold what only warns."""

    name: str
    passed: bool
    found: str = ""
    findings: tuple[Finding, ...] = ()


class RecordPackage(Command):
    version: int
    contract: Contract
    files: tuple[BuiltFile, ...]
    foreseen: tuple[Foreseen, ...] = ()
    habits: Habits = Habits()
    standing: Standing = Standing()


class RecordChecks(Command):
    version: int
    checks: tuple[Check, ...]


class Reprice(Command):
    """`seen` is the hash of the package that the person looked at. With a `scenario` its term and billing are taken;
    else they stay."""

    seen: str
    discount: BasisPoints
    payment_days: int = Field(ge=0, le=365)
    scenario: str = ""


class DraftAgain(Command):
    """`seen` is the hash of the package whose findings the person read."""

    seen: str


class RecordPackagePosted(Command):
    version: int
    ts: str
    links: tuple[str, ...]


class RecordFailure(Command):
    """The package could not be made: a missing price, an unknown product, a missing variable."""

    version: int
    field: str
    expected: str
    advice: str


class TermsSet(Fact):
    kind: Literal["terms.set"] = "terms.set"
    version: int
    terms: Terms
    by: str
    at: datetime


class PackageAssembled(Fact):
    kind: Literal["package.assembled"] = "package.assembled"
    version: int
    contract: Contract
    files: tuple[BuiltFile, ...]
    at: datetime
    foreseen: tuple[Foreseen, ...] = ()
    habits: Habits = Habits()

    @property
    def hash(self) -> str:
        return package_hash(self.files)


class PackageFailed(Fact):
    kind: Literal["package.failed"] = "package.failed"
    version: int
    field: str
    expected: str
    advice: str


class PackageChecked(Fact):
    kind: Literal["package.checked"] = "package.checked"
    version: int
    checks: tuple[Check, ...]


class PackagePosted(Fact):
    kind: Literal["package.posted"] = "package.posted"
    version: int
    ts: str
    links: tuple[str, ...]


class PackageReady(Fact):
    """All approvals are given for exactly this hash."""

    kind: Literal["package.ready"] = "package.ready"
    version: int
    hash: str
    at: datetime


PackageFact = TermsSet | PackageAssembled | PackageFailed | PackageChecked | PackagePosted | PackageReady


@dataclass(frozen=True, slots=True)
class Version:
    """One of all that there were: who asked for it, on which terms, and what was made; nothing yet, or ever, without
    files."""

    terms: TermsSet
    files: tuple[BuiltFile, ...] = ()
    total: Money | None = None
    number: str = ""
    at: datetime | None = None

    @property
    def no(self) -> int:
        return self.terms.version

    @property
    def hash(self) -> str:
        return package_hash(self.files) if self.files else ""


@dataclass(frozen=True, slots=True)
class Package:
    """`terms.version` counts; the others are of the version they name. `versions` are all, oldest first."""

    terms: TermsSet | None = None
    assembled: PackageAssembled | None = None
    before: PackageAssembled | None = None
    failed: PackageFailed | None = None
    checked: PackageChecked | None = None
    posted: tuple[PackagePosted, ...] = ()
    ready: PackageReady | None = None
    versions: tuple[Version, ...] = ()

    def of(self, version: int) -> Version | None:
        return next((each for each in self.versions if each.no == version), None)

    @property
    def version(self) -> int:
        return self.terms.version if self.terms else 0

    @property
    def current(self) -> PackageAssembled | None:
        """The package of the terms of this moment, once it is made."""
        made = self.assembled
        return made if made and made.version == self.version else None

    @property
    def hash(self) -> str:
        return self.current.hash if self.current else ""


def apply(state: Package, fact: PackageFact) -> Package:
    match fact:
        case TermsSet():
            new = (*state.versions, Version(fact))
            return replace(state, terms=fact, failed=None, checked=None, ready=None, versions=new)
        case PackageAssembled():
            made = tuple(_made(each, fact) for each in state.versions)
            return replace(state, assembled=fact, before=state.assembled, versions=made)
        case PackageFailed():
            return replace(state, failed=fact)
        case PackageChecked():
            return replace(state, checked=fact)
        case PackagePosted():
            return replace(state, posted=(*state.posted, fact))
        case PackageReady():
            return replace(state, ready=fact)
        case _:
            assert_never(fact)


def _made(version: Version, fact: PackageAssembled) -> Version:
    if version.no != fact.version:
        return version
    contract = fact.contract
    return replace(version, files=fact.files, total=contract.quote.total, number=contract.number, at=fact.at)
