"""That a deal is critical, why, and until when: the same words on its card, on its requests and in its progress."""

from bot.blocks.card import Block, Card, card, context, day, escape, header, moment, section, utc
from bot.blocks.people import Known
from bot.playbook.schema import Playbook
from bot.streams.deal.approvals import Approval
from bot.streams.deal.deal import Deal
from bot.streams.person.person import Inbox


def of(deal: Deal) -> str:
    """Empty for an ordinary deal."""
    state = deal.priority
    if state.claim is None:
        return ""
    if state.held:
        until = f"until its approvals are decided, {day(state.claim.until_on)} at the latest"
        return f"*Critical deal:* {escape(state.claim.why)}; {until} ({escape(heading(state.claim.line))})"
    if state.yielded is not None:
        return f"*Critical, but it waits:* {escape(state.yielded.to)} goes first, {escape(state.yielded.why)}"
    return f"*Critical, but it waits:* other deals go first. {escape(state.claim.why)}"


def heading(line: str) -> str:
    """Of a line of the playbook, which it is: what it says stands before."""
    return line.partition(": ")[0]


def on_request(deal: Deal, approval: Approval, item: Inbox, known: Known, playbook: Playbook) -> Block | None:
    """For who decides; and, before an ordinary one that critical ones went before, for how long they still may."""
    if deal.priority.held:
        return section(of(deal), _beside(deal, approval, known))
    if not item.passed:
        return None
    rules = playbook.critical
    words = {"most": str(rules.passed_over), "hours": str(rules.waits_hours)}
    return context(playbook.word("critical.protected", words))


def _beside(deal: Deal, approval: Approval, known: Known) -> str:
    names = [known.name(person) for person in deal.priority.hands_of(approval.id)]
    if not names:
        return ""
    both = " and ".join(escape(name) for name in (known.name(approval.person), *names))
    return f"*Asked at once:* {both}. Whoever is first decides."


def task_of(deal: Deal, item: Inbox, playbook: Playbook, known: Known) -> Card:
    return place(deal, item) if item.task.kind == "place" else later(deal, item, playbook, known)


def place(deal: Deal, item: Inbox) -> Card:
    """For the deal's owner: it has a place, or yields it, or all that is over."""
    state, title = deal.priority, item.task.title
    if item.closed_at is not None or state.claim is None:
        at = item.closed_at or item.at
        return card(
            f"{title}: over, {utc(at)}. Nothing more to do.",
            section(f":white_check_mark: *{escape(title)}:* over, {moment(at)}", "Nothing more to do."),
        )
    if state.held:
        until = f"until its approvals are decided, {day(state.claim.until_on)} at the latest"
        why = state.claim.why
        over = f"{state.given.over} yields to it." if state.given and state.given.over else ""
        return card(
            f"{deal.customer} is a critical deal: {why}; {until}. {over}",
            header(f"{deal.customer}: a critical deal"),
            section(f"*Why:* {escape(why)}", f"*Until:* {until.removeprefix('until ')}", escape(over)),
            section("Its requests stand first, are told at once, and go on to the next who may sooner."),
            context(
                f"Why you: it is your deal. {escape(heading(state.claim.line))}. `/deal critical` lists all of them."
            ),
        )
    to, why = (state.yielded.to, state.yielded.why) if state.yielded else ("another deal", "")
    return card(
        f"{deal.customer} yields to {to}: {why}. Its requests are ordinary ones until a place is free.",
        header(f"{deal.customer}: yields to {to}"),
        section(f"*Why:* {escape(why)}", "Its requests are ordinary ones until a place is free; then it has it again."),
        context("Why you: it is your deal. `/deal critical` lists all of them, with why."),
    )


def later(deal: Deal, item: Inbox, playbook: Playbook, known: Known) -> Card:
    """For the owner of an ordinary deal: which request goes first before whom, and how long it may."""
    told = next((each for each in deal.priority.later if each.of == item.task.about), None)
    if item.closed_at is not None or told is None:
        at = item.closed_at or item.at
        return card(
            f"{item.task.title}: nothing goes before it any more, {utc(at)}.",
            section(f":white_check_mark: *{escape(item.task.title)}:* nothing goes before it any more, {moment(at)}"),
        )
    rules, name = playbook.critical, known.name(told.person)
    words = {"most": str(rules.passed_over), "hours": str(rules.waits_hours)}
    most = playbook.word("critical.protected", words)
    return card(
        f"{deal.customer}: “{told.first}” goes first with {name}, because that deal is critical. {most}",
        header(f"{deal.customer}: a critical deal goes first"),
        section(f"*With {escape(name)}:* “{escape(told.first)}” goes first.", escape(most)),
        context("Why you: it is your deal. Nothing to do."),
    )
