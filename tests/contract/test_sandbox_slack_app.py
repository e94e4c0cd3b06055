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


def test_a_line_is_opened_for_an_app_level_token_when_the_app_is_in_socket_mode(slack: Slack) -> None:
    with pytest.raises(SlackApiError) as off:
        slack.client.apps_connections_open(app_token=seed.APP_TOKEN)
    assert refused(off) == "socket_mode_not_enabled"
    slack.site.app.socket_mode = True
    assert str(slack.client.apps_connections_open(app_token=seed.APP_TOKEN)["url"]).startswith("ws://127.0.0.1:")
    with pytest.raises(SlackApiError) as no:
        slack.client.apps_connections_open(app_token=seed.BOT_TOKEN)
    assert refused(no) == "not_allowed_token_type"
