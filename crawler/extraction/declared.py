"""What a site's page rules read, before anything general is asked."""

from dataclasses import dataclass, field

from lxml import etree

from crawler.arabic.bylines import parse_byline
from crawler.arabic.counters import parse_read_count
from crawler.arabic.digits import parse_count
from crawler.arabic.letters import clean
from crawler.extraction.evidence import SITE_RULES, Ledger
from crawler.extraction.outlet import key
from crawler.extraction.outline import squeeze, visible_text
from crawler.extraction.rules import PageRules, Site
from crawler.extraction.selectors import layout_of, select


@dataclass(slots=True)
class Declared:
    """Values that the site's rules gave; None and empty where they gave none."""

    title: tuple[etree._Element | None, str] | None = None
    titles: list[tuple[str, str]] = field(default_factory=list)
    kicker: str | None = None
    summary: str | None = None
    byline: str | None = None
    initials: str | None = None
    authors: list[str] = field(default_factory=list)
    agency: str | None = None
    dates: dict[str, list[str]] = field(default_factory=dict)
    """Texts by field: published_at, modified_at."""
    read_count: int | None = None
    section: str | None = None
    tags: list[str] = field(default_factory=list)
    image_url: str | None = None
    body: list[etree._Element] = field(default_factory=list)
    remove: list[etree._Element] = field(default_factory=list)


def _texts(rule: str, root: etree._Element) -> list[tuple[etree._Element | None, str]]:
    """The matches that have text, with the element of each."""
    found: list[tuple[etree._Element | None, str]] = []
    for match in select(rule, root):
        text = squeeze(match if isinstance(match, str) else visible_text(match))
        if clean(text):
            found.append((match if not isinstance(match, str) else None, clean(text)))
    return found


def _elements(rule: str | None, root: etree._Element) -> list[etree._Element]:
    return [match for match in select(rule, root) if not isinstance(match, str)] if rule else []


def read_declared(root: etree._Element, site: Site | None, ledger: Ledger) -> Declared:
    """What the rules of the page's layout read; nothing without a site."""
    declared = Declared()
    rules = layout_of(site, root) if site is not None else None
    if site is None or rules is None:
        return declared
    declared.body, declared.remove = _elements(rules.body, root), _elements(rules.remove, root)
    _read_texts(declared, rules, root, ledger)
    _read_people(declared, rules, root, site, ledger)
    _read_dates(declared, rules, root)
    _read_count(declared, rules, root, ledger)
    if rules.tags:
        declared.tags = list(dict.fromkeys(text for _, text in _texts(rules.tags, root)))
    if rules.image_url:
        for match in select(rules.image_url, root):
            address = (
                match
                if isinstance(match, str)
                else next((match.get(a) for a in ("content", "data-src", "src", "href") if match.get(a)), "")
            )
            if address and address.startswith(("http://", "https://")):
                declared.image_url = address
                break
    return declared


def _read_texts(declared: Declared, rules: PageRules, root: etree._Element, ledger: Ledger) -> None:
    """Title, kicker, summary, section: the first match with text."""
    if rules.title:
        found = _texts(rules.title, root)
        if not found:  # meta elements hold their text in an attribute
            contents = [(None, clean(match.get("content") or "")) for match in _elements(rules.title, root)]
            found = [(element, text) for element, text in contents if text]
        if found:
            declared.title = found[0]
            ledger.took("title", found[0][1], SITE_RULES, rules.title)
    for name in ("kicker", "summary", "section"):
        rule = getattr(rules, name)
        if not rule:
            continue
        found = _texts(rule, root)
        if found and not (name == "kicker" and declared.title and key(found[0][1]) == key(declared.title[1])):
            setattr(declared, name, found[0][1])
            declared.titles.append((found[0][1], rule))
            ledger.took(name, found[0][1], SITE_RULES, rule)


def _read_people(declared: Declared, rules: PageRules, root: etree._Element, site: Site, ledger: Ledger) -> None:
    names = frozenset({key(site.name_ar), key(site.name)})
    if rules.author_initials:
        found = _texts(rules.author_initials, root)
        if found:
            reading = parse_byline(found[0][1], own_names=names)
            declared.initials = reading.initials
            if declared.initials:
                ledger.took("author_initials", declared.initials, SITE_RULES, rules.author_initials)
    if rules.byline:
        for _, text in _texts(rules.byline, root):
            reading = parse_byline(text, own_names=names)
            if not (reading.authors or reading.initials or reading.agency):
                ledger.rejected("byline", text, SITE_RULES, rules.byline, "it names no person and no agency")
                continue
            declared.byline = declared.byline or text
            declared.authors += [name for name in reading.authors if name not in declared.authors]
            declared.initials = declared.initials or reading.initials
            declared.agency = declared.agency or reading.agency
        if declared.authors:
            ledger.took("authors", "، ".join(declared.authors), SITE_RULES, rules.byline)


def _read_dates(declared: Declared, rules: PageRules, root: etree._Element) -> None:
    for name in ("published_at", "modified_at"):
        rule = getattr(rules, name)
        if not rule:
            continue
        texts: list[str] = []
        for match in select(rule, root):
            if isinstance(match, str):
                texts.append(match)
            else:
                texts += [value for a in ("datetime", "content") if (value := match.get(a))]
                texts.append(squeeze(visible_text(match)))
        declared.dates[name] = [text for text in texts if text.strip()]


def _read_count(declared: Declared, rules: PageRules, root: etree._Element, ledger: Ledger) -> None:
    if not rules.read_count:
        return
    for _, text in _texts(rules.read_count, root):
        # The rule says what the number is, so a bare one is read too.
        count = parse_read_count(text)
        count = parse_count(text) if count is None else count
        if count is not None:
            declared.read_count = count
            ledger.took("read_count", count, SITE_RULES, rules.read_count)
            return
        ledger.rejected("read_count", text, SITE_RULES, rules.read_count, "there is no count in it")
