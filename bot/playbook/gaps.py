"""What only shows when the whole playbook is seen: nobody may, nobody decides, nothing says."""

from collections.abc import Iterator
from itertools import chain

from bot.playbook.gaps_access import access_gaps
from bot.playbook.gaps_authority import authority_gaps
from bot.playbook.gaps_bottlenecks import bottleneck_gaps
from bot.playbook.gaps_policy import policy_gaps
from bot.playbook.gaps_positioning import positioning_gaps
from bot.playbook.gaps_practices import practices_gaps
from bot.playbook.gaps_pricing import pricing_gaps
from bot.playbook.gaps_proposals import proposals_gaps
from bot.playbook.gaps_selling import selling_gaps
from bot.playbook.gaps_shape import Gap
from bot.playbook.permissions import NOT_FOR_GROUPS, Permission
from bot.playbook.schema import Playbook
from bot.playbook.wording import flaw

# The refusals that the rules name; a test compares them with the rules themselves.
REFUSALS = (
    "permission.missing",
    "deal.unknown",
    "deal.already_open",
    "deal.not_linked",
    "link.taken",
    "approval.changed",
    "approval.own_request",
    "approval.not_yours",
    "approval.decided",
    "approval.beyond_authority",
    "approval.outside_person",
    "package.changed",
    "package.not_ready",
    "approvals.open",
    "system.paused",
    "envelope.already_sent",
    "envelope.ended",
    "signer.unknown",
    "signer.already_signed",
    "signer.not_yet",
    "consent.missing",
    "name.missing",
    "documents.unopened",
    "reprice.beyond_everyone",
    "reprice.no_change",
    "offer.replaced",
    "offers.not_understood",
    "offers.other_currency",
    "discount.not_a_number",
    "handoff.not_yours",
    "handoff.answered",
    "memo.judged",
    "redline.not_on_ladder",
    "redline.answered",
    "redline.with_legal",
    "reason.missing",
    "command.unknown",
    "parked.decided",
    "parked.not_yours",
    "parked.cannot_undo",
)


def gaps(playbook: Playbook) -> Iterator[Gap]:
    return chain(
        _permissions(playbook),
        _roles(playbook),
        authority_gaps(playbook),
        policy_gaps(playbook),
        bottleneck_gaps(playbook),
        access_gaps(playbook),
        selling_gaps(playbook),
        pricing_gaps(playbook),
        positioning_gaps(playbook),
        practices_gaps(playbook),
        proposals_gaps(playbook),
        _calendars(playbook),
        _wording(playbook),
        _templates(playbook),
    )


def _permissions(playbook: Playbook) -> Iterator[Gap]:
    held = frozenset(p for role in playbook.roles.values() for p in role.may)
    for permission in sorted(set(Permission) - held - NOT_FOR_GROUPS):
        yield Gap(("roles",), f"roles: nobody may {permission}", f"add {permission} to a role's may")


def _roles(playbook: Playbook) -> Iterator[Gap]:
    known = ", ".join(sorted(playbook.roles))
    for index, plan in enumerate(playbook.compensation.plans):
        if plan.role not in playbook.roles:
            message = f"compensation.plans: role {plan.role} is not in roles"
            yield Gap(("compensation", "plans", index, "role"), message, f"use one of {known}")
    takers = [r for r in playbook.roles.values() if playbook.handoff.group in r.groups]
    if not any(Permission.DECIDE_HANDOFF in role.may for role in takers):
        message = f"handoff.group {playbook.handoff.group} is in no role that may handoff.decide"
        yield Gap(("handoff", "group"), message, "name a group of such a role, or add handoff.decide to its may")


def _calendars(playbook: Playbook) -> Iterator[Gap]:
    if playbook.default_calendar not in playbook.calendars:
        message = f"default_calendar {playbook.default_calendar} is not in calendars"
        yield Gap(("default_calendar",), message, f"use one of {', '.join(sorted(playbook.calendars))}")
    if playbook.team_digest.calendar not in playbook.calendars:
        message = f"team_digest.calendar {playbook.team_digest.calendar} is not in calendars"
        yield Gap(("team_digest", "calendar"), message, f"use one of {', '.join(sorted(playbook.calendars))}")


def _wording(playbook: Playbook) -> Iterator[Gap]:
    for key in REFUSALS:
        if key not in playbook.refusals:
            yield Gap(("refusals",), f"refusals: {key} has no words", f"add {key} with bold and rest")
    if "other" not in playbook.parked:
        yield Gap(
            ("parked",), "parked: other has no words", "add other with what and skip, for any step without its own"
        )


def _templates(playbook: Playbook) -> Iterator[Gap]:
    notes = playbook.tax.notes.model_dump()
    texts: list[tuple[tuple[str | int, ...], str]] = [(("signing", "intent"), playbook.signing.intent)]
    texts += [(("words", key), text) for key, text in playbook.words.items()]
    texts += [(("tax", "notes", key), text) for key, text in notes.items()]
    for key, refusal in playbook.refusals.items():
        texts += [(("refusals", key, "bold"), refusal.bold), (("refusals", key, "rest"), refusal.rest)]
    for path, text in texts:
        if wrong := flaw(text):
            yield Gap(path, f"{'.'.join(map(str, path))}: {wrong}", "check the braces")
