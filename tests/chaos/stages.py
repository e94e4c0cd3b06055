"""Which process passes which crash points, and how often one deal does so at the least."""

from bot.crashpoints import POINTS

# Where that is less than its stage says.
FEW = {
    "call.between": 3,
    "call.failed": 1,
    "deadline.dropped": 1,
    "project.written": 2,
    "file.written": 5,
    "file.renamed": 5,
}
STAGES = {  # of each process, and how often a deal passes their points at the least
    "web": (("receive", "dispatch", "store"), 20),
    "worker": (("dispatch", "store", "lease", "call", "settle", "deadline", "project", "file"), 80),
    "clock": (("ring",), 20),
}


def points(role: str) -> list[tuple[str, int]]:
    """Each with how often it is passed at the least."""
    stages, many = STAGES[role]
    return [(name, FEW.get(name, many)) for name in POINTS if name.partition(".")[0] in stages]
