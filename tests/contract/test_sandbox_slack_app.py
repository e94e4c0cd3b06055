"""What the sandbox's Slack tells of the app itself, each to the token that may ask, by the vendor's own client."""

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.slack import manifest, seed
from tests.contract.slack_fixtures import Slack, refused, slack

__all__ = ["slack"]


def test_the_manifest_is_shown_to_a_configuration_token_alone(slack: Slack) -> None:
    manifest.install(slack.site.app)
    told = slack.client.apps_manifest_export(app_id=seed.APP, token=seed.CONFIG_TOKEN)["manifest"]
    assert told["settings"]["interactivity"]["request_url"] == slack.site.app.request_url
    assert told["oauth_config"] == manifest.read()["oauth_config"]
    with pytest.raises(SlackApiError) as no:
        slack.client.apps_manifest_export(app_id=seed.APP)
    assert refused(no) == "not_allowed_token_type"
    with pytest.raises(SlackApiError) as other:
        slack.client.apps_manifest_export(app_id="A0ELSE", token=seed.CONFIG_TOKEN)
    assert refused(other) == "app_not_found"
    with pytest.raises(SlackApiError) as bot_alone:
        slack.other(seed.CONFIG_TOKEN).auth_test()
    assert refused(bot_alone) == "not_allowed_token_type"


def test_the_bot_is_told_of_which_app_it_is(slack: Slack) -> None:
    assert slack.client.bots_info(bot=slack.client.auth_test()["bot_id"])["bot"]["app_id"] == seed.APP
