"""The rows of the evidence that say how fast the kernel is, each beside its peer."""

from typing import Any

from benchmarks import results

Row = tuple[str, str]


def rows() -> list[str]:
    """Markdown; nothing for what was never measured."""
    told = [*_acks(), *_steps(), *_walked(), *_cost(), *_asked()]
    days = (f"{name} {worth}" for name in ("ack", "steps", "walked", "cost") if (worth := results.worth(name)))
    said = f"On two shared processors. Yardstick: two million additions in Python. {'; '.join(days)}."
    head = ["## The kernel", "", said, "", "| asked for | found |", "|---|---|"]
    return [*head, *(f"| {asked} | measured: {found} |" for asked, found in told), ""] if told else []


def _acks() -> list[Row]:
    found = results.found("ack")
    if found is None:
        return []
    one, many, bolt = found["ours 1"], found["ours 16"], found["bolt 1"]
    return [
        ("durable acknowledgement, one connection: p50 <= 3 ms, p99 <= 25 ms", _times(one)),
        ("the same by a bare Bolt app that writes nothing", f"{_times(bolt)}; ratio {_ratio(one, bolt, 'p50_ms')}"),
        ("a command that is written down, and answered with the deal as it is now", _times(found["ours command"])),
        ("a command that a bare Bolt app acknowledges, and does nothing for",
         f"{_times(found['bolt command'])}; ratio {_ratio(found['ours command'], found['bolt command'], 'p50_ms')}"),
        ("one page on the disk, the floor", _times(found["disk"])),
        ("durable acknowledgements over sixteen connections: >= 500 a second, p99 <= 150 ms",
         f"{many['per_second']} a second, p99 {many['p99_ms']} ms"),
    ]  # fmt: skip


def _steps() -> list[Row]:
    found = results.found("steps") or {}
    return [
        (f"durable steps a second on {engine}, aim: twice DBOS",
         f"{on['ours']['steps_per_second']}, DBOS {on['dbos']['steps_per_second']}: ratio {on['ratio']}")
        for engine, on in found.items()
    ]  # fmt: skip


def _walked() -> list[Row]:
    found = results.found("walked") or {}
    return [(f"wait from {stage}", f"p50 {one['p50_ms']} ms, p95 {one['p95_ms']} ms") for stage, one in found.items()]


def _cost() -> list[Row]:
    found = results.found("cost")
    if found is None:
        return []
    few, many = (name for name in found if name != "ratio")
    return [
        (f"{what}, {many} beside {few}: ratio <= 1.2", f"{found[many][name]} and {found[few][name]} ms: {ratio}")
        for name, ratio in found["ratio"].items()
        for what in [{"p50_ms": "acknowledging a message", "until_done_ms": "all that a message owes"}[name]]
    ]


def _asked() -> list[Row]:
    quotes, plans, past, clicks = (results.found(name) for name in ("quotes", "plans", "precedents", "clicks"))
    found: list[Row] = []
    if quotes is not None:
        found += [
            (f"a quote of {quotes['lines']} lines priced in under a second", f"p95 {quotes['priced_p95_ms']} ms"),
            ("a quote checked: p95 <= 300 ms",
             f"p95 {quotes['checked_p95_ms']} ms; as a command, with its start, {quotes['command_p95_ms']} ms"),
        ]  # fmt: skip
    if plans is not None:
        found += [("a plan of approvals: p95 <= 50 ms", f"p95 {plans['plan_p95_ms']} ms")]
    if clicks is not None:
        asked = f"from a press to the card that says so, {clicks['open']:,} approvals open: p95 <= 1 s"
        found += [(asked, f"p50 {clicks['p50_ms']} ms, p95 {clicks['p95_ms']} ms of {clicks['number']} presses")]
    if past is not None:
        asked = f"the deals most like this one among {past['deals']:,}, in under 300 ms"
        found += [(asked, f"p95 {past['p95_ms']} ms, one look at each of them {past['look_at_each_ms']} ms")]
    return found


def _times(one: dict[str, Any]) -> str:
    return f"p50 {one['p50_ms']} ms, p99 {one['p99_ms']} ms"


def _ratio(one: dict[str, Any], other: dict[str, Any], name: str) -> float:
    return round(float(one[name]) / float(other[name]), 2)
