"""Statistics as a picture: PNG or SVG, Arabic shaped and right to left by Matplotlib's own layout (libraqm)."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.display import one_line
from crawler.errors import UserError
from crawler.store.statistics import FIELDS, By, Group, Statistics
from crawler.store.times import FORMATS, TIMES, Time, begin, end

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NAMES = 30  # bars with a name
_LABEL = 40  # characters
_INK, _BAR, _GRID = "#1b1f24", "#2f6f9f", "#d8dde3"
SETTINGS: Any = {
    "font.family": ["DejaVu Sans"],  # it comes with Matplotlib and has Arabic: the same picture on every machine
    "svg.hashsalt": "naba",
    "text.parse_math": False,  # names are no formulas
}
_TITLES: dict[By | None, tuple[str, str]] = {
    None: ("How many articles have each field", "نسبة المقالات التي فيها كل حقل"),
    "hour": ("Articles by hour of publication, in the paper's zone", "المقالات حسب ساعة النشر بتوقيت الصحيفة"),
    "day": ("Articles a day", "المقالات في كل يوم"),
    "week": ("Articles a week", "المقالات في كل أسبوع"),
    "month": ("Articles a month", "المقالات في كل شهر"),
    "year": ("Articles a year", "المقالات في كل سنة"),
    "site": ("Articles by newspaper", "المقالات حسب الصحيفة"),
    "country": ("Articles by country", "المقالات حسب البلد"),
    "section": ("Articles by section", "المقالات حسب القسم"),
    "author": ("Articles by author", "المقالات حسب الكاتب"),
    "agency": ("Articles by agency", "المقالات حسب الوكالة"),
}
_WORDS = {"articles": ("articles", "عدد المقالات"), "none": ("none", "بلا"), "share": ("share of articles", "النسبة")}


@dataclass(frozen=True, slots=True)
class _Style:
    """In which language, and so in which direction."""

    arabic: bool

    def word(self, name: str) -> str:
        return _WORDS[name][self.arabic]

    def title(self, by: By | None) -> str:
        return _TITLES[by][self.arabic]


def draw(statistics: Statistics, path: Path, kind: str, *, arabic: bool = False) -> None:
    """Write the picture of the groups, or without groups of the fields' fill rates.

    Args:
        statistics: of at least one article.
        path: where to; what is there is overwritten.
        kind: "png" or "svg".
        arabic: title and axes in Arabic, and time and bars from right to left.

    Raises:
        UserError: when Matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ImportError:
        raise UserError("pictures need Matplotlib: pip install 'naba[data]'") from None
    from matplotlib.figure import Figure

    style = _Style(arabic)
    with mpl.rc_context(SETTINGS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=(10, _height(statistics)), layout="constrained")
        figure.get_layout_engine().set(w_pad=0.15, h_pad=0.15)  # type: ignore[union-attr, call-arg]
        axes = figure.add_subplot()
        if statistics.by is None:
            _draw_fields(axes, statistics.total, style)
        elif statistics.by in FORMATS:
            _draw_times(axes, statistics.by, statistics.groups, style)
        else:
            _draw_names(axes, statistics.groups, style)
        _dress(axes, style.title(statistics.by), style)
        figure.savefig(path, format=kind, dpi=120, metadata={"Date": None} if kind == "svg" else None)


def _height(statistics: Statistics) -> float:
    """Inches."""
    if statistics.by in TIMES:
        return 4.5
    bars = len(FIELDS) if statistics.by is None else min(len(statistics.groups), _NAMES)
    return 1.5 + 0.28 * max(bars, 3)


def _dress(axes: "Axes", title: str, style: _Style) -> None:
    axes.set_title(title, loc="right" if style.arabic else "left", color=_INK, fontsize=14, pad=12)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelcolor=_INK)
    if style.arabic:
        axes.invert_xaxis()
        axes.yaxis.tick_right()
        axes.yaxis.set_label_position("right")


def _thousands(axis: Any) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))


def _bars(axes: "Axes", names: Sequence[str], values: Sequence[float], told: Sequence[str], style: _Style) -> None:
    """Bars with names beside them, the first on top, each with its number at its end."""
    places = range(len(names))
    axes.barh(places, values, color=_BAR, height=0.7)
    axes.set_yticks(places, names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.grid(axis="x", color=_GRID)
    for place, value, text in zip(places, values, told, strict=True):
        axes.annotate(
            text,
            (value, place),
            xytext=(-4 if style.arabic else 4, 0),
            textcoords="offset points",
            ha="right" if style.arabic else "left",
            va="center",
            fontsize=9,
            color=_INK,
        )
    axes.margins(x=0.1)
    axes.set_xlim(left=0)


def _draw_names(axes: "Axes", groups: Sequence[Group], style: _Style) -> None:
    shown = groups[:_NAMES]
    names = [one_line(group.key, _LABEL) if group.key else style.word("none") for group in shown]
    _bars(axes, names, [group.articles for group in shown], [f"{group.articles:,}" for group in shown], style)
    _thousands(axes.xaxis)
    axes.set_xlabel(style.word("articles"), color=_INK)


def _draw_fields(axes: "Axes", total: Group, style: _Style) -> None:
    from matplotlib.ticker import PercentFormatter

    shares = [total.filled[name] / total.articles for name in FIELDS]
    _bars(axes, FIELDS, shares, [f"{share:.1%}" for share in shares], style)
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    axes.set_xlim(0, 1.08)
    axes.set_xlabel(style.word("share"), color=_INK)


def _draw_times(axes: "Axes", by: Time, groups: Sequence[Group], style: _Style) -> None:
    """Bars along a real axis of time: days without articles are gaps."""
    dated = [group for group in groups if group.key]
    if by == "hour":
        axes.bar([int(group.key or 0) for group in dated], [group.articles for group in dated], color=_BAR, width=0.8)
        axes.set_xticks(range(0, 24, 3), [f"{hour:02}:00" for hour in range(0, 24, 3)])
        axes.set_xlim(-0.6, 23.6)
    else:
        import matplotlib.dates

        dates: Any = matplotlib.dates  # its functions have no types
        begins = [begin(by, group.key or "") for group in dated]
        # A bar begins where its day, week or month does.
        widths = [0.9 * (end(by, first) - first).days for first in begins]
        counts = [group.articles for group in dated]
        axes.bar(dates.date2num(begins), counts, width=widths, align="edge", color=_BAR)
        axes.xaxis.set_major_locator(dates.AutoDateLocator(minticks=3, maxticks=8))
        axes.xaxis.set_major_formatter(dates.DateFormatter(FORMATS["day" if by == "week" else by]))
    axes.grid(axis="y", color=_GRID)
    _thousands(axes.yaxis)
    axes.set_ylabel(style.word("articles"), color=_INK)
