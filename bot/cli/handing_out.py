"""What `install` hands to Slack and Salesforce: the app's manifest, and the steps of a deployment."""

import json
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).parents[2]
EXAMPLE = "https://countersign.example"
ADDRESS_STEP = (
    "3. Install it to the workspace. Slack asks our address at once whether it is there, and shows a warning",
    "   until `countersign up` runs: then press Retry under Event Subscriptions.",
)
SOCKET_STEP = (
    "3. Install it to the workspace, and make an app-level token with the scope connections:write under",
    "   Basic Information > App-Level Tokens.",
)


def manifest(public_url: str, socket_mode: bool) -> dict[str, Any]:
    """For Slack's page "From a manifest". In Socket Mode, Slack needs no address of ours."""
    text = (SHIPPED / "manifest.json").read_text()
    told: dict[str, Any] = json.loads(text.replace(EXAMPLE, public_url))
    if socket_mode:
        told["settings"]["socket_mode_enabled"] = True
        for part in (told["settings"]["event_subscriptions"], told["settings"]["interactivity"]):
            del part["request_url"]
        for command in told["features"]["slash_commands"]:
            del command["url"]
    return told


def slack_steps(public_url: str, socket_mode: bool) -> str:
    last = SOCKET_STEP if socket_mode else ADDRESS_STEP
    return "\n".join(
        [
            "1. Open https://api.slack.com/apps?new_app=1, choose From a manifest, and your workspace.",
            "2. Paste this as JSON, and create the app:",
            json.dumps(manifest(public_url, socket_mode), indent=2),
            *last,
        ]
    )


def salesforce_steps(outbound_url: str) -> str:
    """`outbound_url` ends in a secret, or in a name that stands for it."""
    return "\n".join(
        [
            f"The package is {SHIPPED / 'salesforce'}: custom fields, a permission set, a flow with its outbound",
            "message, and a connected app. With Salesforce's command line (npm install --global @salesforce/cli):",
            "",
            f"  cd {SHIPPED / 'salesforce'}",
            "  sf org login web --alias countersign --set-default",
            "  export COUNTERSIGN_SALESFORCE_USER=NAME-OF-THE-INTEGRATION-USER",
            f"  export COUNTERSIGN_OUTBOUND_URL={outbound_url}",
            "  sf project deploy start --manifest manifest/package.xml",
            "  sf org assign permset --name Countersign_Integration --on-behalf-of $COUNTERSIGN_SALESFORCE_USER",
            "",
            "Then Setup > App Manager > Countersign > View > Manage Consumer Details shows key and secret.",
        ]
    )
