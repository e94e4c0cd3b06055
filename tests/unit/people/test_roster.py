"""Slack's people and Salesforce's users become persons with roles, whatever comes late, twice or out of order."""

from typing import Any

import pytest

from bot.agents.company import people as staff
from bot.agents.people import inbox
from bot.streams.company.company import Company, fold
from bot.streams.company.roster import CrmUser, NoticeGroups, NoticePerson, RecordPeople, RecordUsers
from bot.streams.decision import Accept, Decision
from bot.streams.effects import ReadPeople, Tell
from bot.streams.ids import COMPANY
from bot.streams.person.person import OfferTask, Profile, RecordPerson, TaskClosed
from tests.unit.people.somebody import accepted, after, context, jonas, playbook, profile, task

JONAS = profile(updated=10)
SAM = profile(user="T07LARK:U07SAM00001", name="Sam", email="SAM@larkspur.example", groups={"sales-managers"})
CRM = CrmUser(id="005J", name="Jonas Weber", email="jonas@larkspur.example", active=True, role="Sales Operations")
CRM_SAM = CrmUser(id="005S", name="Sam", email="sam@larkspur.example", active=True, role="Sales", manager="005J")


def company(*decisions: Any) -> Company:
    state = Company(COMPANY)
    for decide in decisions:
        facts: Any = accepted(decide(state)).facts
        state = fold(state, facts)
    return state


def people(*found: Profile) -> Any:
    return lambda s: staff.record_people(s, RecordPeople(stream_id=COMPANY, actor="system", people=found), context())


def users(*found: CrmUser) -> Any:
    return lambda s: staff.record_users(s, RecordUsers(stream_id=COMPANY, actor="system", users=found), context())


def event(found: Profile) -> Any:
    return lambda s: staff.notice_person(s, NoticePerson(stream_id=COMPANY, actor="system", profile=found), context())


def told(decision: Decision) -> dict[str, Profile]:
    tells = [e for e in accepted(decision).effects if isinstance(e, Tell)]
    return {t.foreign_id: Profile.model_validate(t.body["profile"]) for t in tells}


def test_the_same_mail_address_is_the_same_person_whatever_its_case() -> None:
    found = told(users(CRM, CRM_SAM)(company(people(JONAS, SAM))))
    assert found[SAM.user].manager == JONAS.user
    assert found[JONAS.user].groups == {"sales-vps", "salesforce:Sales Operations"}
    assert "sales-operations" in playbook().roles_of(found[JONAS.user].groups)


def test_who_stands_on_one_side_alone_is_listed() -> None:
    lena = CrmUser(id="005L", name="Lena", email="lena@larkspur.example", active=True)
    roster = company(people(JONAS, SAM), users(CRM, lena)).roster
    assert [p.name for p in roster.only_in_slack()] == ["Sam"]
    assert [u.name for u in roster.only_in_crm()] == ["Lena"]


def test_the_same_look_again_is_nothing() -> None:
    state = company(people(JONAS, SAM), users(CRM))
    assert people(SAM, JONAS)(state) == Accept(())
    assert users(CRM)(state) == Accept(())


def test_who_is_gone_has_no_right() -> None:
    gone = told(people(SAM)(company(people(JONAS, SAM))))[JONAS.user]
    assert (gone.active, gone.groups) == (False, frozenset())


def test_an_event_keeps_the_groups_that_it_does_not_tell() -> None:
    changed = told(event(profile(title="CRO", groups=(), updated=11))(company(people(JONAS))))[JONAS.user]
    assert (changed.title, changed.groups) == ("CRO", frozenset({"sales-vps"}))


def test_a_late_event_does_not_bring_a_right_back() -> None:
    left = profile(active=False, groups=(), updated=12)
    state = company(people(JONAS), event(left))
    assert event(profile(groups=(), updated=11))(state) == Accept(())
    stale = people(JONAS)(state)
    assert stale == Accept(()), "what was read before she left is older than her leaving"


@pytest.mark.parametrize("known", [(), (profile(active=False, groups=(), updated=1),)])
def test_somebody_new_or_back_again_has_her_groups_read(known: tuple[Profile, ...]) -> None:
    state = company(people(*known)) if known else company()
    decision = accepted(event(profile(groups=(), updated=12))(state))
    assert ReadPeople() in decision.effects
    assert told(decision)[JONAS.user].groups == frozenset()


def test_a_changed_group_is_a_hint() -> None:
    hint = staff.notice_groups(company(), NoticeGroups(stream_id=COMPANY, actor="system"), context())
    assert accepted(hint).effects == (ReadPeople(),)


def test_an_older_profile_never_replaces_a_newer_one() -> None:
    person = jonas()
    newer = RecordPerson(stream_id=person.id, actor="system", profile=profile(active=False, groups=(), updated=5))
    person = after(person, inbox.record(person, newer, context()))
    older = RecordPerson(stream_id=person.id, actor="system", profile=profile(updated=4))
    assert inbox.record(person, older, context()) == Accept(())


def test_what_waits_on_a_leaver_goes_back_to_its_deal() -> None:
    person = jonas()
    offer = OfferTask(stream_id=person.id, actor="system", task=task())
    person = after(person, inbox.offer(person, offer, context()))
    left = RecordPerson(stream_id=person.id, actor="system", profile=profile(active=False, groups=(), updated=5))
    decision = accepted(inbox.record(person, left, context()))
    assert [f.task_id for f in decision.facts if isinstance(f, TaskClosed)] == ["t1"]
    assert [e.body["taken"] for e in decision.effects if isinstance(e, Tell)] == [False]
