"""What is read of approvals: decisions, reminders, escalations, chances, and whose time is taken."""

import sqlalchemy as sa

from bot.store.columns import Instant, key, may, meta, must

decisions = sa.Table(
    "decisions",
    meta,
    key("stream_id"),
    key("no", sa.Integer),
    *(must(name) for name in ("rule", "role", "asked", "person", "way", "moved", "lent", "body")),
    *(must(name, Instant) for name in ("asked_at", "at")),
    *(must(name, sa.Integer) for name in ("minutes", "expected", "low", "high")),
    must("yes", sa.Boolean),
    may("until_on"),
    sa.Index("decisions_at", "at"),
)
# what each reminder told whom, and after how many minutes she decided; none: not after this one
reminders = sa.Table(
    "reminders",
    meta,
    key("stream_id"),
    key("no", sa.Integer),
    *(must(name) for name in ("person", "tone", "tells")),
    must("at", Instant),
    may("minutes", sa.Integer),
    sa.Index("reminders_at", "at"),
)
# which row of the playbook had whom asked beside whom, and after how many minutes it was decided
escalations = sa.Table(
    "escalations",
    meta,
    key("stream_id"),
    key("no", sa.Integer),
    *(must(name) for name in ("row", "before", "asked", "decided_by")),
    must("at", Instant),
    *(must(name, sa.Integer) for name in ("level", "used", "whole")),
    *(may(name, sa.Integer) for name in ("minutes", "took")),
    sa.Index("escalations_at", "at"),
)
# how likely it was said to be that a deal's approvals are all given in time, and whether they were
risks = sa.Table(
    "risks",
    meta,
    key("stream_id"),
    key("no", sa.Integer),
    *(must(name) for name in ("level", "factors", "mitigated")),
    *(must(name, Instant) for name in ("planned_at", "deadline", "at")),
    must("chance", sa.Integer),
    must("told", sa.Boolean),
    may("held", sa.Boolean),
    sa.Index("risks_at", "at"),
)
# what the company's calendar takes of whose time
busy = sa.Table(
    "busy",
    meta,
    key("no", sa.Integer),
    *(must(name, Instant) for name in ("starts_at", "ends_at")),
    must("people"),
    must("travel", sa.Boolean),
)
# the requests for approvals that wait on each, since when she has them
waiting = sa.Table(
    "waiting",
    meta,
    key("stream_id"),
    key("approval"),
    *(must(name) for name in ("person", "rule")),
    must("at", Instant),
    sa.Index("waiting_person", "person", "at"),
)
# where a request queued up, of which class, what was done by itself, and when it ended against when it would have
bottlenecks = sa.Table(
    "bottlenecks",
    meta,
    key("stream_id"),
    key("no", sa.Integer),
    *(must(name) for name in ("bottleneck", "rule", "person", "relief", "given", "owner", "signs", "end")),
    *(must(name, Instant) for name in ("since", "at")),
    *(may(name, Instant) for name in ("without_at", "ended_at")),
    must("ended_by"),
    sa.Index("bottlenecks_at", "at"),
)
# what a person was asked about approvals and said; `body` are her words, where she added some
feedback = sa.Table(
    "feedback",
    meta,
    key("stream_id"),
    key("no", sa.Integer),
    *(must(name) for name in ("rule", "role", "side", "friction")),
    must("at", Instant),
    may("score", sa.Integer),
    may("body"),
    sa.Index("feedback_at", "at"),
)
# each time in which a deal had priority; of one that asked for it and never had it, a row without
critical = sa.Table(
    "critical",
    meta,
    key("stream_id"),
    key("no", sa.Integer),
    must("claimed_at", Instant),
    *(may(name, Instant) for name in ("given_at", "left_at", "asked_at", "approved_at")),
    may("in_time", sa.Boolean),
    must("won", sa.Boolean),
    *(must(name, sa.Integer) for name in ("hands", "by_hands")),
    sa.Index("critical_claimed", "claimed_at"),
)
# by which door each request for an approval was told to whom, and what came of it; nothing yet: empty
doors = sa.Table(
    "doors",
    meta,
    key("stream_id"),
    key("no", sa.Integer),
    *(must(name) for name in ("person", "door", "chose", "how")),
    must("at", Instant),
    must("minutes", sa.Integer),
    sa.Index("doors_at", "at"),
)
