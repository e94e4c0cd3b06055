"""Who works where, as Slack tells of it: who comes and changes, groups, presence; and a file that is taken back."""

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.slack import seed
from sandbox.slack.admins import Admins
from sandbox.slack.entities import User
from tests.contract.slack_fixtures import Slack, refused, slack

__all__ = ["slack"]


def test_somebody_who_is_hired_is_told_and_listed(slack: Slack) -> None:
    new = User("U07NEW00001", seed.LARKSPUR, "Nia Osei", "Account executive", "nia.osei@larkspur.example", seed.DUBLIN)
    Admins(slack.site).hire(new)
    slack.settle()
    told = slack.app.events("team_join")[0]["user"]
    assert (told["id"], told["profile"]["email"], told["deleted"]) == (new.id, new.email, False)
    assert new.id in {member["id"] for member in slack.client.users_list(limit=100)["members"]}


def test_a_changed_profile_is_told_twice_in_slacks_two_words(slack: Slack) -> None:
    Admins(slack.site).change(seed.MAYA, title="Senior account executive")
    slack.settle()
    for name in ("user_change", "user_profile_changed"):
        told = slack.app.events(name)[0]["user"]
        assert (told["id"], told["profile"]["title"]) == (seed.MAYA, "Senior account executive")


def test_a_group_that_is_made_or_changed_is_told_with_its_people(slack: Slack) -> None:
    admins = Admins(slack.site)
    admins.put_in_group("desk", [seed.SAM])
    admins.put_in_group("desk", [seed.SAM, seed.RAVI])
    slack.settle()
    made, changed = slack.app.events("subteam_created")[0], slack.app.events("subteam_updated")[-1]
    assert (made["subteam"]["handle"], changed["subteam"]["id"]) == ("desk", made["subteam"]["id"])
    members = slack.client.usergroups_users_list(usergroup=made["subteam"]["id"])["users"]
    assert members == [seed.SAM, seed.RAVI]


def test_presence_is_active_or_away(slack: Slack) -> None:
    assert slack.client.users_getPresence(user=seed.MAYA)["presence"] in ("active", "away")
    with pytest.raises(SlackApiError) as no:
        slack.client.users_getPresence(user="U0NOBODY")
    assert refused(no) == "user_not_found"


def test_a_file_of_the_apps_own_can_be_taken_back(slack: Slack) -> None:
    sent = slack.client.files_upload_v2(channel=seed.NORTH, filename="a.txt", content="words")
    file = sent["files"][0]["id"]
    assert slack.client.files_delete(file=file)["ok"]
    with pytest.raises(SlackApiError) as no:
        slack.client.files_info(file=file)
    assert refused(no) in ("file_deleted", "file_not_found")
