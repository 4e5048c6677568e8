"""The headline: as the article shows it, without the site's name."""

import html
import re
from dataclasses import dataclass

from crawler.arabic.letters import clean, words
from crawler.extraction.evidence import MARKUP, STRUCTURED, Ledger
from crawler.extraction.head import Head
from crawler.extraction.jsonld import text_of
from crawler.extraction.outlet import SEPARATOR, key
from crawler.extraction.outline import HEADINGS, Outline, squeeze
from crawler.extraction.phrases import Saying
from crawler.extraction.typesetting import largest_above_text
from crawler.extraction.vocabulary import Means

_LONGEST_TITLE, _SHORTEST_TITLE = 350, 2
_SAME = 0.5
_LEAST_SAID = 4
_MOST_SEPARATORS = 8
_MOST_HEADINGS = 120
_EDGE_MARKS = re.compile(r"^[\s|•·:\-–—]+(?=\w)|[\s|•·\-–—]+$")


@dataclass(slots=True)
class Headline:
    """The title, and where it stands on the page."""

    text: str
    index: int | None
    """Its element in the outline; None when only the head tells it."""


def strip_names(title: str, own_names: frozenset[str]) -> str:
    """The title without the paper's name before or after a separator. A title that is nothing else is ''."""
    title = squeeze(title)
    if key(title) in own_names:
        return ""
    for _ in range(4):
        parts = list(SEPARATOR.finditer(title))
        if not parts:
            break
        last, first = parts[-1], parts[0]
        if key(title[last.end() :]) in own_names or not title[last.end() :].strip():
            title = title[: last.start()].strip()
        elif key(title[: first.start()]) in own_names:
            title = title[first.end() :].strip()
        else:
            break
    return "" if key(title) in own_names else title


def _overlap(one: list[str], other: list[str]) -> float:
    """How much two titles say the same: shared words against the longer, and 0.9 where one holds all of the other."""
    if not one or not other:
        return 0.0
    first, second = set(one), set(other)
    shared = len(first & second)
    share = shared / max(len(first), len(second))
    if shared == min(len(first), len(second)) and shared >= 3:
        share = max(share, 0.6 + 0.4 * share)
    return share


def stated_titles(head: Head, own_names: frozenset[str]) -> list[tuple[str, str]]:
    """(title, where) that the head states, in order of trust, the site's names taken off."""
    stated = [(text_of(head.article.get("headline")), "JSON-LD headline")]
    stated += [
        (content, f"meta {name}")
        for name, content in head.meta(
            "og:title",
            "twitter:title",
            "headline",
            "parsely-title",
            "sailthru.title",
            "dc.title",
            "dcterms.title",
            "title",
        )
    ]
    stated.append((text_of(head.article.get("name")), "JSON-LD name"))
    found = []
    for text, where in stated:
        title = strip_names(clean(text), own_names)
        if title and len(title) <= _LONGEST_TITLE:
            found.append((title, where))
    if head.title:
        found.append((strip_names(clean(head.title), own_names), "title element"))
    return [(title, where) for title, where in found if title]


@dataclass(slots=True)
class _Heading:
    index: int
    text: str
    words: list[str]
    rank: float


def _headings(page: Outline, own_names: frozenset[str], tags: frozenset[str] | None = None) -> list[_Heading]:
    """Visible elements that may be the headline: headings and what names call a title, or those of `tags` alone."""
    found: list[_Heading] = []
    for index, tag in enumerate(page.tags):
        means = page.means[index]
        named = bool(means & Means.TITLE)
        wanted = tag in HEADINGS or named if tags is None else tag in tags
        if not wanted or not 0 < page.text[index] <= _LONGEST_TITLE * 1.3:
            continue
        if page.around[index] & Means.HIDDEN:
            continue
        text = _headline_text(page, index)
        spoken = words(text)
        if not spoken or " ".join(spoken) in own_names or Saying(text).box_label():
            continue
        rank = {"h1": 1.0, "h2": 0.6, "h3": 0.4, "h4": 0.3}.get(tag, 0.2)
        if page.elements[index].get("itemprop", "").lower().startswith("headline"):
            rank += 1.0
        if named:
            rank += 0.2
        if page.around[index] & (Means.OTHERS | Means.FRAME):
            rank -= 0.9
        if page.linked[index] > 0.8 * page.text[index]:
            rank -= 0.25
        found.append(_Heading(index, text, spoken, rank))
        if len(found) >= _MOST_HEADINGS:
            break
    return found


_FIRST = frozenset({"h1"})
_BESIDE = Means.KICKER | Means.DATE | Means.COUNTER | Means.SECTION | Means.AUTHOR | Means.FURNITURE | Means.HIDDEN


def _headline_text(page: Outline, index: int) -> str:
    """The text of a heading without the kicker, date, section or button that its own children hold."""
    text = page.words_of(index)
    last = page.end[index]
    if last - index > 1:
        inner = index + 1
        while inner < last:
            if (
                page.means[inner] & _BESIDE
                and not page.means[inner] & Means.TITLE
                and 0 < page.text[inner] < 0.7 * page.text[index]
            ):
                text = text.replace(page.words_of(inner), " ", 1)
                inner = page.end[inner]
            else:
                inner += 1
    return clean(squeeze(html.unescape(text) if "&" in text else text))  # escaped twice


def find_headline(page: Outline, head: Head, own_names: frozenset[str], ledger: Ledger) -> Headline | None:
    """The headline: the visible one that the head's titles point to, else the only h1, else what the head says."""
    stated = stated_titles(head, own_names)
    # Most pages have the headline in an h1, word for word: then their other headings need not be read.
    headings = _headings(page, own_names, _FIRST)
    best = _best_match(headings, stated)
    if best is None or best.words not in [words(title) for title, _ in stated] or best.rank < 1.0:
        headings = _headings(page, own_names)
        best = _best_match(headings, stated)
    if best is not None:
        text = _own_part(page, best, stated)
        ledger.took("title", text, MARKUP, f"<{page.tags[best.index]}> that agrees with {stated[0][1]}")
        for title, where in stated:
            if title != text:
                ledger.rejected("title", title, STRUCTURED, where, "the visible headline words it otherwise")
        return Headline(text, best.index)
    first = [heading for heading in headings if heading.rank >= 1.0 and len(heading.words) >= 3]
    if len({heading.text for heading in first}) == 1 and (len(first[0].words) >= 4 or not stated):
        ledger.took("title", first[0].text, MARKUP, "the page's only h1")
        for title, where in stated:
            ledger.rejected("title", title, STRUCTURED, where, "the page's only h1 words it otherwise")
        return Headline(_EDGE_MARKS.sub("", first[0].text), first[0].index)
    return _said_only(page, stated, own_names, ledger)


def _best_match(headings: list[_Heading], stated: list[tuple[str, str]]) -> _Heading | None:
    spoken = [words(title) for title, _ in stated]
    best, best_score = None, 0.0
    for heading in headings:
        match = max((_overlap(heading.words, title) for title in spoken), default=0.0)
        needed = _SAME if heading.rank >= 1.0 else 0.8
        if match < needed:
            continue
        score = match + heading.rank * 0.3
        if score > best_score:
            best, best_score = heading, score
    return best


def _own_part(page: Outline, heading: _Heading, stated: list[tuple[str, str]]) -> str:
    """The heading's text; where it holds more than the headline (a kicker, a section), the part that the head names."""
    for title, _ in stated:
        spoken = words(title)
        if len(spoken) < len(heading.words) and _overlap(spoken, heading.words) > 0.6:
            for index in range(heading.index + 1, page.end[heading.index]):
                if 0 < page.text[index] < page.text[heading.index]:
                    text = clean(page.words_of(index))
                    if words(text) == spoken:
                        return text
            if page.end[heading.index] - heading.index > 1 and (
                heading.words[: len(spoken)] == spoken or heading.words[-len(spoken) :] == spoken
            ):
                return title
    return _EDGE_MARKS.sub("", heading.text)


def _said_only(
    page: Outline, stated: list[tuple[str, str]], own_names: frozenset[str], ledger: Ledger
) -> Headline | None:
    """A title that no heading shows: the first that is some element's whole text, else the first.

    A title of hardly a word (the paper's name) yields to the largest type above the text.
    """
    candidates = [(title, where) for title, where in stated if len(words(title)) >= _SHORTEST_TITLE]
    if not candidates:
        return _set_largest(page, stated, own_names, ledger)
    by_words = {tuple(words(part)): (part, where) for title, where in reversed(candidates) for part in _parts(title)}
    lengths = {len("".join(key_)) for key_ in by_words}
    longest = max(lengths) * 2 + 40
    for index in range(1, len(page.tags)):
        if not 3 < page.text[index] <= longest or page.around[index] & (Means.HIDDEN | Means.OTHERS | Means.FRAME):
            continue
        text = clean(page.words_of(index))
        match = by_words.get(tuple(words(text)))
        if match is not None:
            while index + 1 < page.end[index] and page.text[index + 1] == page.text[index]:
                index += 1  # noqa: PLW2901 - down to the innermost element
            ledger.took("title", text, MARKUP, f"<{page.tags[index]}> that agrees with {match[1]}")
            return Headline(text, index)
    title, where = candidates[0]
    if len(words(title)) < _LEAST_SAID and (shown := _set_largest(page, stated, own_names, ledger)) is not None:
        return shown
    ledger.took("title", title, STRUCTURED, where)
    return Headline(title, None)


def _set_largest(
    page: Outline, stated: list[tuple[str, str]], own_names: frozenset[str], ledger: Ledger
) -> Headline | None:
    index = largest_above_text(page, own_names)
    if index is None:
        return None
    text = _EDGE_MARKS.sub("", _headline_text(page, index))
    for title, where in stated:
        ledger.rejected("title", title, STRUCTURED, where, "the page shows it nowhere above its text")
    ledger.took("title", text, MARKUP, f"<{page.tags[index]}>: the largest type above the text")
    return Headline(text, index)


def _parts(title: str) -> list[str]:
    """The title, what stands before and after its separators, and between them, of three words or more."""
    marks = [(found.start(), found.end()) for found in SEPARATOR.finditer(title)][:_MOST_SEPARATORS]
    marks += [(place, place + 1) for place in (title.find("_"), title.rfind("_")) if place > 0]
    sides = [side for start, end in marks for side in (title[:start], title[end:])]
    return [title, *(part for part in (*sides, *SEPARATOR.split(title)) if len(words(part)) >= 3)]


__all__ = ["Headline", "find_headline", "stated_titles", "strip_names"]
