"""The commands of critical deals, as rows of the table of all commands."""

from typing import Any

from bot.agents.approvals import prioritising
from bot.agents.company import priorities as placing
from bot.agents.people import ranking
from bot.playbook.permissions import Permission
from bot.streams.company import priorities
from bot.streams.deal import priority
from bot.streams.decision import Command, Rule
from bot.streams.person import person

REPORT = Permission.REPORT_RESULT
PEOPLE = ("colleagues",)
PACED = ("colleagues", "paces")

CRITICAL: dict[type[Command], tuple[Permission, tuple[str, ...], Rule[Any, Any]]] = {
    priority.WeighPriority: (REPORT, PEOPLE, prioritising.weigh),
    priority.MarkCritical: (Permission.MARK_CRITICAL, (), prioritising.mark),
    priority.GivePriority: (REPORT, PEOPLE, prioritising.give),
    priority.YieldPriority: (REPORT, (), prioritising.give_up),
    priority.AddHands: (REPORT, PACED, prioritising.add_hands),
    priority.ComeLater: (REPORT, PEOPLE, prioritising.come_later),
    priority.EndLater: (REPORT, (), prioritising.end_later),
    priorities.ClaimPriority: (REPORT, (), placing.claim),
    priorities.EndPriority: (REPORT, (), placing.end),
    person.RankTask: (REPORT, (), ranking.rank),
}
