"""Horizontal bars as a PNG: same chart, same bytes. Opaque white, because Slack does not tell the reader's theme."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from bot.figures.chart import Chart, Look

DPI = 200
WIDTH = 8.0  # inches, as all below; text sizes are points
MARGIN, GAP = 0.24, 0.3
TITLE, SUBTITLE, HEAD, TOP = 0.42, 0.70, 1.14, 1.32  # from the upper edge
ROW, FOOT, SOURCE = 0.5, 0.78, 0.16
HIGHLIGHT = "#C2500A"  # reads apart from any accent by its hatch, too


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bars stand, in inches: `left` and `right` of the plot, and the right edge of each column."""

    height: float
    left: float
    right: float
    edges: tuple[float, ...]


def draw(chart: Chart, look: Look) -> bytes:
    """PNG, 1600 pixels wide, readable at 300."""
    with rc_context({"hatch.linewidth": 1.6}):
        height = TOP + ROW * len(chart.bars) + FOOT
        figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor="white", edgecolor=look.grid, linewidth=1)
        FigureCanvasAgg(figure)
        place = _place(figure, chart, look, height)
        _words(figure, chart, look, place)
        axes = figure.add_axes(_box(place))
        _bars(axes, chart, look)
        _axis(axes, chart, look)
        _columns(axes, chart, look, place)
        out = BytesIO()
        figure.savefig(out, format="png", dpi=DPI, metadata={"Software": None})
    return out.getvalue()


@cache
def font(look: Look, weight: str, size: float) -> FontProperties:
    path = files(look.package) / "files" / f"{look.family}-{weight}.ttf"
    return FontProperties(fname=str(path), size=size)


def _place(figure: Figure, chart: Chart, look: Look, height: float) -> Place:
    """Labels and columns take what their widest text takes; the bars get the rest."""
    label = max(_wide(figure, bar.label, font(look, "Regular", 11)) for bar in chart.bars)
    edges, edge = [], WIDTH - MARGIN
    for number in reversed(range(len(chart.heads))):
        edges.append(edge)
        texts = (chart.heads[number], *(bar.cells[number] for bar in chart.bars))
        edge -= max(_wide(figure, text, font(look, "Semibold", 11)) for text in texts) + GAP
    return Place(height, MARGIN + label + 0.1, edge, tuple(reversed(edges)))


def _wide(figure: Figure, text: str, props: FontProperties) -> float:
    shown = figure.text(0, 0, text, fontproperties=props)
    width = float(shown.get_window_extent().width) / DPI
    shown.remove()
    return width


def _box(place: Place) -> tuple[float, float, float, float]:
    plot = place.height - TOP - FOOT
    return (place.left / WIDTH, FOOT / place.height, (place.right - place.left) / WIDTH, plot / place.height)


def _words(figure: Figure, chart: Chart, look: Look, place: Place) -> None:
    lines = (
        (chart.title, "Semibold", 14.5, look.ink, place.height - TITLE),
        (chart.subtitle, "Regular", 10.5, look.muted, place.height - SUBTITLE),
        (chart.source, "Regular", 9.0, look.muted, SOURCE),
    )
    for text, weight, size, colour, y in lines:
        wide = _wide(figure, text, font(look, weight, size))
        fits = min(1.0, (WIDTH - 2 * MARGIN) / max(wide, 0.1))
        props = font(look, weight, round(size * fits, 2))
        figure.text(MARGIN / WIDTH, y / place.height, text, color=colour, fontproperties=props)


def _bars(axes: Axes, chart: Chart, look: Look) -> None:
    for row, bar in enumerate(chart.bars):
        colour, hatch = (HIGHLIGHT, "////") if row == chart.marked else (look.accent, None)
        axes.barh(row, bar.size, height=0.52, color=colour, hatch=hatch, edgecolor="white", linewidth=0, zorder=2)
        if bar.before is not None:
            axes.plot([bar.before] * 2, [row - 0.36, row + 0.36], color=look.ink, linewidth=2, zorder=3)


def _axis(axes: Axes, chart: Chart, look: Look) -> None:
    axes.set_ylim(len(chart.bars) - 0.5, -0.5)
    axes.set_xlim(0, chart.ticks[-1][0])
    axes.set_xticks([at for at, _ in chart.ticks], [said for _, said in chart.ticks])
    axes.set_yticks(range(len(chart.bars)), [bar.label for bar in chart.bars])
    axes.tick_params(length=0, pad=6)
    axes.grid(axis="x", color=look.grid, linewidth=0.7, zorder=0)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)
    for tick in axes.get_xticklabels():
        tick.set(color=look.muted, fontproperties=font(look, "Regular", 10))
    for tick in axes.get_yticklabels():
        tick.set(color=look.ink, fontproperties=font(look, "Regular", 11))


def _columns(axes: Axes, chart: Chart, look: Look, place: Place) -> None:
    """Values stand beside the bars, right-aligned under their heads: beside a mark they would read as its value."""
    across, head_y = axes.get_yaxis_transform(), -0.5 - (TOP - HEAD) / ROW
    for number, (head, edge) in enumerate(zip(chart.heads, place.edges, strict=True)):
        x = (edge - place.left) / (place.right - place.left)
        props = font(look, "Regular", 10)
        axes.text(x, head_y, head, transform=across, ha="right", color=look.muted, fontproperties=props)
        for row, bar in enumerate(chart.bars):
            props = font(look, "Semibold" if number == 0 or row == chart.marked else "Regular", 11)
            said = axes.text(x, row, bar.cells[number], transform=across, ha="right", va="center_baseline")
            said.set(color=look.ink, fontproperties=props)
