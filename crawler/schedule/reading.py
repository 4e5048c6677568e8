"""`crawls.toml` in, a Timetable out; what is wrong is told with its line."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from crawler.errors import UserError
from crawler.schedule.plan import Plan, Timetable, default_interval, is_fictional
from crawler.schedule.quiet import Quiet, covers_the_day
from crawler.schedule.rules import Cron, Every, Rule, parse_interval, spread
from crawler.schedule.toml_lines import lines_of
from crawler.spider import NewsSpider

Table = dict[str, Any]
Spiders = Mapping[str, type[NewsSpider]]

_COMMON = ("every", "cron", "timezone", "arguments", "quiet", "enabled")
_KEYS = {
    "defaults": (*_COMMON, "at_most"),
    "groups": (*_COMMON, "at_most", "sites", "country"),
    "sites": _COMMON,
}


@dataclass(slots=True)
class _Layer:
    """What one table of the file says, read."""

    where: tuple[str, ...]
    every: float | None = None
    cron: str | None = None
    zone: ZoneInfo | None = None
    quiet: tuple[Quiet, ...] | None = None
    arguments: dict[str, str] = field(default_factory=dict)
    enabled: bool | None = None
    at_most: int | None = None
    members: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As people write it: `groups.dz`."""
        return ".".join(self.where)


def read_timetable(path: Path, spiders: Spiders) -> Timetable:
    """The timetable of the file; without a file, or of an empty one, every site has its default.

    Args:
        path: of `crawls.toml`.
        spiders: the catalogue, by name.

    Raises:
        UserError: for the file's first mistake, with its line and how many there are.
    """
    timetable, mistakes = check_timetable(path, spiders)
    if mistakes:
        more = f" (and {len(mistakes) - 1} more: scrapy schedule --check)" if len(mistakes) > 1 else ""
        raise UserError(mistakes[0] + more)
    return timetable


def check_timetable(path: Path, spiders: Spiders) -> tuple[Timetable, list[str]]:
    """The timetable as far as it can be read, and every mistake of the file in a line each."""
    try:
        text = path.read_text("utf-8-sig") if path.exists() else ""
        document = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        return Timetable({}), [f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}"]
    except tomllib.TOMLDecodeError as error:
        told, _, place = str(error).partition(" (at ")
        line = place.removeprefix("line ").partition(",")[0] if place.startswith("line ") else "end"
        return Timetable({}), [f"{path.name}:{line}: is no TOML: {told}"]
    reader = _Reader(path.name, spiders, lines_of(text))
    timetable = reader.read(document)
    return timetable, [line for _, line in sorted(reader.mistakes)]


class _Reader:
    def __init__(self, name: str, spiders: Spiders, lines: Mapping[tuple[str, ...], int]) -> None:
        self.name = name
        self.spiders = spiders
        self.lines = lines
        self.mistakes: set[tuple[int, str]] = set()

    def mistake(self, where: tuple[str, ...], text: str) -> None:
        """Note what is wrong, at the line of the key or of the nearest table around it."""
        line = next((self.lines[where[:end]] for end in range(len(where), 0, -1) if where[:end] in self.lines), 1)
        self.mistakes.add((line, f"{self.name}:{line}: {text}"))

    def read(self, document: Table) -> Timetable:
        """All layers, and from them each site's plan."""
        for key in document:
            if key not in _KEYS:
                self._unknown((key,), key, list(_KEYS), "table")
        defaults = self._layer(("defaults",), document.get("defaults", {}), "defaults")
        groups = [self._group(name, table) for name, table in self._tables(document, "groups")]
        sites: dict[str, _Layer] = {}
        for name, table in self._tables(document, "sites"):
            if name in self.spiders:
                sites[name] = self._layer(("sites", name), table, "sites")
            else:
                self._unknown(("sites", name), name, list(self.spiders), "site")
        plans = {
            name: self._plan(
                spider,
                [
                    layer
                    for layer in (defaults, *(g for g in groups if name in g.members), sites.get(name))
                    if layer is not None
                ],
            )
            for name, spider in self.spiders.items()
        }
        limits = {group.where[-1]: group.at_most for group in groups if group.at_most is not None}
        return Timetable(plans, defaults.at_most, limits)

    def _tables(self, document: Table, kind: str) -> list[tuple[str, Table]]:
        tables = document.get(kind, {})
        if not isinstance(tables, dict):
            self.mistake((kind,), f"{kind} is no table: write [{kind}.NAME]")
            return []
        wrong = [name for name, table in tables.items() if not isinstance(table, dict)]
        for name in wrong:
            self.mistake((kind, name), f"{kind}.{name} is no table: write [{kind}.{name}]")
        return [(name, table) for name, table in tables.items() if name not in wrong]

    def _unknown(self, where: tuple[str, ...], name: str, known: list[str], what: str) -> None:
        near = get_close_matches(name, known, n=1)
        advice = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}" if len(known) < 12 else ""
        see = "see `scrapy sites`" if what == "site" and not near else advice
        self.mistake(where, f"no {what} is called {name!r}: {see}")

    # --- one table

    def _layer(self, where: tuple[str, ...], table: Any, kind: str) -> _Layer:
        layer = _Layer(where)
        if not isinstance(table, dict):
            self.mistake(where, f"{layer.name} is no table: write [{layer.name}]")
            return layer
        for key, value in table.items():
            if key not in _KEYS[kind]:
                if key == "at_most":
                    self.mistake((*where, key), "at_most stands in [defaults] or a group: a site has one crawl at once")
                else:
                    self._unknown((*where, key), key, list(_KEYS[kind]), "key")
                continue
            try:
                self._take(layer, key, value)
            except ValueError as error:
                self.mistake((*where, key), f"{key} = {_shown(value)} {error}")
        if layer.every is not None and layer.cron is not None:
            self.mistake((*where, "cron"), "every and cron stand together: keep one of them")
        return layer

    def _take(self, layer: _Layer, key: str, value: Any) -> None:
        """Read one key.

        Raises:
            ValueError: with the end of the sentence that begins `key = value`.
        """
        match key:
            case "every":
                layer.every = parse_interval(_text(value))
            case "cron":
                Cron(_text(value), ZoneInfo("UTC"))
                layer.cron = _text(value)
            case "timezone":
                layer.zone = _zone(_text(value))
            case "quiet":
                layer.quiet = _quiet(value)
            case "arguments":
                layer.arguments = _arguments(value)
            case "enabled":
                if not isinstance(value, bool):
                    raise ValueError("is neither true nor false")  # noqa: TRY004 - the file's mistake
                layer.enabled = value
            case "at_most":
                if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                    raise ValueError("is no number from 1 up")
                layer.at_most = value

    def _group(self, name: str, table: Table) -> _Layer:
        where = ("groups", name)
        layer = self._layer(where, table, "groups")
        countries = sorted({spider.country for spider in self.spiders.values()})
        if "sites" in table:
            named = table["sites"]
            if not isinstance(named, list) or not all(isinstance(site, str) for site in named):
                self.mistake((*where, "sites"), 'sites is no list of names: write ["elmassa", "echorouk"]')
                return layer
            for site in named:
                if site not in self.spiders:
                    self._unknown((*where, "sites"), site, list(self.spiders), "site")
            layer.members = tuple(named)
            return layer
        country = table.get("country", name)
        layer.members = tuple(site for site, spider in self.spiders.items() if spider.country == country)
        if not layer.members:
            key = (*where, "country") if "country" in table else where
            self.mistake(
                key,
                f'group {name!r} names no sites: write sites = ["elmassa", ...], or country = one of '
                f"{', '.join(countries)}",
            )
        return layer

    # --- one site

    def _plan(self, spider: type[NewsSpider], layers: list[_Layer]) -> Plan:
        """What the layers say together: the later overrule the earlier, key by key."""
        zone = _last(layer.zone for layer in layers) or ZoneInfo(spider.timezone)
        quiet: tuple[Quiet, ...] = _last(layer.quiet for layer in layers) or ()
        arguments: dict[str, str] = {}
        for layer in layers:
            arguments |= layer.arguments
            if layer.arguments:
                try:
                    spider.parse_arguments(**arguments)
                except UserError as error:
                    self.mistake((*layer.where, "arguments"), f"arguments: {error}")
        enabled = _last(layer.enabled for layer in layers if layer.where[0] != "defaults" or layer.enabled is False)
        named = layers[-1].where == ("sites", spider.name)
        if enabled is None:
            enabled = named or not is_fictional(spider)
        rule, why = self._rule(spider, layers, zone)
        groups = tuple(layer.where[-1] for layer in layers if layer.where[0] == "groups")
        return Plan(spider.name, zone, rule, why, quiet, arguments, groups, enabled)

    @staticmethod
    def _rule(spider: type[NewsSpider], layers: list[_Layer], zone: ZoneInfo) -> tuple[Rule, str]:
        ruling = next((layer for layer in reversed(layers) if layer.every is not None or layer.cron is not None), None)
        rule: Rule
        if ruling is not None and ruling.cron is not None and ruling.every is None:
            rule = Cron(ruling.cron, zone)
            return rule, f"{rule} ([{ruling.name}])"
        default, because = default_interval(spider)
        seconds = ruling.every if ruling is not None and ruling.every is not None else default
        rule = Every(seconds, spread(spider.name, seconds))
        return rule, f"{rule} ([{ruling.name}])" if ruling else f"{rule} (default: {because})"


def _last(values: Any) -> Any:
    """The last value that is given."""
    given = [value for value in values if value is not None]
    return given[-1] if given else None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("is no text: put it between quotation marks")  # noqa: TRY004 - the file's mistake
    return value


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        raise ValueError("is no time zone: write one such as Africa/Algiers") from None


def _quiet(value: Any) -> tuple[Quiet, ...]:
    periods = tuple(Quiet.parse(_text(one)) for one in (value if isinstance(value, list) else [value]))
    if covers_the_day(periods):
        raise ValueError("leaves no hour of the day: write enabled = false")
    return periods


def _arguments(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError('is no table: write { since = "7d" }')  # noqa: TRY004 - the file's mistake
    for name, one in value.items():
        if isinstance(one, bool) or not isinstance(one, str | int | date):
            raise ValueError(f"gives {name} neither a text nor a number")  # noqa: TRY004 - the file's mistake
    return {name: str(one) for name, one in value.items()}


def _shown(value: Any) -> str:
    """As it stands in the file, near enough."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)
