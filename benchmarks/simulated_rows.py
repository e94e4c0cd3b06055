"""What was simulated, in words for the evidence: beside the number what it is against, and what was assumed."""

from typing import Any

from benchmarks import results

NOT_YET = "not simulated yet"
NAME = "approvals_simulated"


def time_saved() -> str:
    found = results.found(NAME)
    if found is None:
        return NOT_YET
    hours = found["ours"]["hours"], _best(found)["hours"]
    return (
        f"simulated, {found['companies']} companies: {_less(found)} less time to the last yes, a company on average, "
        f"than by the best plain way: {hours[0]} h against {hours[1]} h in all; "
        f"where nothing can help {_less(found['null'])}"
    )


def foreseen() -> str:
    found = results.found(NAME)
    if found is None:
        return NOT_YET
    return f"simulated: {found['ours']['foreseen']}% of the deals end within the range that was foreseen (80% is meant)"


def while_away() -> str:
    found = results.found(NAME)
    if found is None:
        return NOT_YET
    away = found["by_share_of_days_away"]
    rising = sorted(away, key=lambda share: int(share.rstrip("%")))
    told = ", ".join(f"{share} of days away: {_less(away[share])}" for share in rising)
    return f"simulated: less time than the best plain way, by how often approvers are away: {told}"


def rows() -> list[str]:
    """The whole of it, with every assumption."""
    found = results.found(NAME)
    if found is None:
        return []
    head = [
        "## Approvals, simulated",
        "",
        "| | ours | turn by turn | turn by turn of who is there |",
        "|---|---|---|---|",
    ]
    ways = [found[name] for name in ("ours", "turn_by_turn", "turn_by_turn_of_who_is_there")]
    table = [f"| {says} | {' | '.join(str(way[name]) for way in ways)} |" for name, says in NUMBERS.items()]
    assumed = ["", "| assumed, by us | value |", "|---|---|"]
    assumed += [f"| {each['means']} | {_value(each['value'])} |" for each in found["assumed"].values()]
    return [*head, *table, *assumed, ""]


NUMBERS = {
    "hours": "hours to the last yes, mean",
    "within_24": "% within 24 hours",
    "within_48": "% within 48 hours",
    "stuck": "% not done after ten days",
    "told": "people told for each decision",
    "foreseen": "% that end within the foreseen range",
}


def _best(found: dict[str, Any]) -> dict[str, Any]:
    ways = (found["turn_by_turn"], found["turn_by_turn_of_who_is_there"])
    best: dict[str, Any] = min(ways, key=lambda way: way["hours"])
    return best


def _less(of: dict[str, Any]) -> str:
    return f"{of['less_than_best_plain_percent']}% ({of['less_low']} to {of['less_high']}%)"


def _value(value: object) -> str:
    return " to ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def bottlenecks_by_themselves() -> str:
    found = results.found("bottlenecks_simulated")
    if found is None:
        return NOT_YET
    busy = found["busy"]
    return (
        f"simulated, {found['companies']} companies, {found['bottlenecks']} bottlenecks: "
        f"{found['by_whom_it_asked_percent']}% decided by whom the relief asked, {found['in_time_percent']}% without "
        f"any escalation after; where much more comes {busy['by_whom_it_asked_percent']}% and "
        f"{busy['in_time_percent']}%. "
        f"The last yes of these deals comes {found['hours_less_of_these_deals']} h sooner, of all "
        f"{found['less_percent_of_all']}% ({found['less_low']} to {found['less_high']}%); where nothing can help "
        f"{found['null']['less_percent_of_all']}%"
    )


def chances(of: str, by: str, wanted: int) -> str:
    """`of` is "due" or "day", `wanted` the percent that are to be right; the bins say where it is off."""
    found = results.found("chances_simulated")
    if found is None:
        return NOT_YET
    one = found[of]
    short = ", falls short" if one["right_percent"] <= wanted else ""
    later = one["later_half"]
    bins = ", ".join(f"{each['foretold']}% said {each['held']}% held" for each in one["bins"])
    return (
        f"simulated{short}, {one['plans']} plans of {found['companies']} companies, first chance of {by}: on the right "
        f"side of even {one['right_percent']}% (always yes {one['held_percent']}%), Brier {one['brier']} against "
        f"{one['always']} of telling all the same; {bins}. In the later half "
        f"of each company's deals {later['right_percent']}% (always yes {later['held_percent']}%), Brier "
        f"{later['brier']} against {later['always']}"
    )
