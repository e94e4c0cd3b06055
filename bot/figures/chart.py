"""What a picture shows, before it is drawn: every number of it is here, and so in the words for who cannot see it."""

from collections.abc import Sequence
from dataclasses import dataclass

NICE = (1, 2, 5)
MOST_TICKS = 4
ALT_LETTERS = 2_000


@dataclass(frozen=True, slots=True)
class Look:
    """Colours as #RRGGBB; `package` holds the fonts `<family>-Regular.ttf` and `-Semibold.ttf` in its folder files."""

    ink: str
    muted: str
    accent: str
    grid: str
    package: str
    family: str


@dataclass(frozen=True, slots=True)
class Bar:
    """`size` in whole units of the axis; `cells` stand under the chart's heads; `before` is the earlier size."""

    label: str
    size: int
    cells: tuple[str, ...]
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars in the order given. `title` is the finding; `marked` is the bar that it is about."""

    title: str
    subtitle: str
    source: str
    heads: tuple[str, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, str], ...]
    marked: int | None = None


def tick_values(sizes: Sequence[int]) -> tuple[int, ...]:
    """From 0 to at least the largest size, in at most four round steps."""
    most = max((*sizes, 1))
    step = next(s for s in _round_numbers() if s * MOST_TICKS >= most)
    return tuple(range(0, (-(-most // step)) * step + 1, step))


def _round_numbers() -> Sequence[int]:
    return [unit * 10**power for power in range(18) for unit in NICE]
