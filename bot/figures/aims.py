"""How the numbers that proposals are to move are said."""

from bot.streams.company.proposals import Aim, Followed, Unit

STATES = {
    "open": "Waits for its owner",
    "accepted": "Accepted, nothing to count yet",
    "followed": "Accepted, followed",
    "kept": "Kept: the number moved",
    "declined": "Declined",
    "not_true": "Closed as not true",
}


def said(value: int, unit: Unit) -> str:
    match unit:
        case "share":
            return f"{value // 100}%"
        case "minutes":
            return f"{value} minutes"
        case "tenths":
            return f"{value // 10}.{value % 10} of 10"
        case "count":
            return str(value)


def aim(of: Aim) -> str:
    return f"{of.says}: {said(of.start, of.unit)} now, {said(of.reach, of.unit)} to reach"


def far(of: Followed) -> str:
    """How far the number is since the yes; empty before anything was counted."""
    if of.measured is None:
        return ""
    return f"{said(of.measured.value, of.proposal.aim.unit)} since the yes, over {of.measured.count}"
