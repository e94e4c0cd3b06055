"""What is pressed in Home and asks: a person's own forms, and the whole of a list that Home shows the first of."""

from collections.abc import Callable
from datetime import datetime

from bot.blocks import (
    admin_forms,
    approval_forms,
    home_deals,
    home_tasks,
    home_team,
    modals,
    people_forms,
    settings_form,
)
from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Block, context
from bot.blocks.home import Page
from bot.figures.batching import small_equal
from bot.figures.quiet import local
from bot.handlers.desk import Counter
from bot.handlers.press import Press
from bot.playbook.permissions import Permission

MOST = 90
Form = Callable[[Page, Ref], Block]
Listed = Callable[[Page], list[Block | None]]


def _whole(page: Page, ref: Ref) -> Block:
    title, listed = LISTS.get(ref.about, LISTS["tasks"])
    found = [block for block in listed(page) if block is not None]
    more = len(found) - MOST
    cut = context(f"and {more} more: /deal find and a part of the name shows them") if more > 0 else None
    return modals.shown(title, [*found[:MOST], cut])


def _today(page: Page) -> datetime:
    zone = page.person.profile.time_zone if page.person.profile else ""
    return local(page.now, zone, page.playbook.calendar_of(zone))


LISTS: dict[str, tuple[str, Listed]] = {
    "tasks": ("What waits on you", lambda page: home_tasks.lines(page.tasks, page.numbers, page.now)),
    "deals": ("Your deals", lambda page: home_deals.lines(page.deals, page.numbers, page.known)),
    "team": ("Your team", lambda page: home_team.lines(page.team, page.numbers, page.known) if page.team else []),
}
FORMS: dict[str, Form] = {
    ActionId.HOME_ALL: _whole,
    ActionId.SETTINGS_OPEN: lambda page, ref: settings_form.settings(page.person, page.playbook),
    ActionId.AWAY_OPEN: lambda page, ref: settings_form.away(page.person, _today(page).date()),
}
DECIDERS = frozenset({ActionId.LEND_OPEN, ActionId.APPROVAL_BATCH})
ADMIN: dict[str, Permission] = {
    ActionId.SYSTEM_STOP_ONE: Permission.PAUSE_SYSTEM,
    ActionId.AUTONOMY_OPEN: Permission.SET_AUTONOMY,
}
ASKS = frozenset({*FORMS, *ADMIN, *DECIDERS})


def _for_administrators(counter: Counter, press: Press, page: Page) -> Block | None:
    """None for who may not."""
    if page.admin is None or not counter.front.ask.may(press.who, ADMIN[press.action]):
        return None
    if press.action == ActionId.SYSTEM_STOP_ONE:
        return admin_forms.stop(page.admin, page.playbook)
    return admin_forms.autonomy(page.admin, page.playbook, page.known)


def _several(page: Page) -> Block:
    return approval_forms.several(page.person, small_equal(page.tasks, page.playbook), page.playbook)


def _lend(counter: Counter, page: Page) -> Block:
    roles = (r for r in page.playbook.roles.values() if Permission.DECIDE_APPROVAL in r.may)
    groups = sorted({group for role in roles for group in role.groups if ":" not in group})
    return people_forms.lend(page.person, _today(page).date(), counter.front.ask.deciders(), groups)


def ask(counter: Counter, press: Press, ref: Ref) -> None:
    """Always of the one who pressed, whatever the button says."""
    page = counter.front.homes.page(press.who, counter.front.dispatcher.clock())
    if page is None:
        counter.say(press, counter.refusal("permission.missing"))
        return
    if press.action in FORMS:
        counter.show(press, FORMS[press.action](page, ref))
    elif press.action in DECIDERS and counter.front.ask.may(press.who, Permission.DECIDE_APPROVAL):
        counter.show(press, _several(page) if press.action == ActionId.APPROVAL_BATCH else _lend(counter, page))
    elif press.action in ADMIN and (form := _for_administrators(counter, press, page)) is not None:
        counter.show(press, form)
    else:
        counter.say(press, counter.refusal("permission.missing"))
