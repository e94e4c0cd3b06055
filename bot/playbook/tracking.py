"""Where approvals are seen beside Slack: tasks in Salesforce, time held in calendars."""

from pydantic import Field

from bot.playbook.section import Section


class Tracking(Section):
    """`crm_tasks`: each request is a task of its opportunity, too. `hold_minutes` is how long an approver holds for
    one request, by her click."""

    crm_tasks: bool
    hold_minutes: int = Field(ge=5, le=120)
