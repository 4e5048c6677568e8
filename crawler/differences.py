"""What changed between two versions of a text, word by word.

Paragraphs are aligned first, then the words of those that changed. Every white space and every sign is kept, so that
the answer gives back both texts. The cost is bounded: the longest body that the store takes, in one paragraph, costs
seconds, whatever it is compared with.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Kind = Literal["kept", "removed", "added"]

PARAGRAPHS = "\n\n"
"""What stands between two paragraphs of a body."""

# A word keeps its harakat, which are no letters to `\w`. What is neither word nor space stands for itself.
_TOKEN = re.compile(r"(\s*)((?:\w[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]*)+|\S|\Z)")
# Pairs of tokens up to which difflib compares them; above, words that occur once in both divide the text first.
_EXACT = 40_000
_DEPTH = 30
_RUNS = (1, 3, 8)  # words in a row that divide a text, when no fewer occur once
_PAIRS = 2_500  # of paragraphs whose likeness is compared
_ALIKE = 0.35  # share of common words from which two paragraphs are versions of one
# A kept run between two changes is told apart from them up to this length only if it is longer than they are.
_CRUMB = 40  # characters


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text that both versions have, or one of them."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: kept, removed or added whole, or changed within.

    The earlier text is the removed and kept spans of all blocks that are not `added`, joined by `PARAGRAPHS`; the later
    text the added and kept spans of all that are not `removed`.
    """

    kind: Literal["kept", "changed", "removed", "added"]
    spans: tuple[Span, ...]

    def before(self) -> str:
        """The paragraph in the earlier text; empty when that has none."""
        return "".join(span.text for span in self.spans if span.kind != "added")

    def after(self) -> str:
        """The paragraph in the later text; empty when that has none."""
        return "".join(span.text for span in self.spans if span.kind != "removed")


def compare(before: str, after: str) -> list[Block]:
    """The difference of two texts, paragraph by paragraph in the order of reading.

    Args:
        before: the earlier text; paragraphs are parted by a blank line.
        after: the later one.
    """
    old, new = before.split(PARAGRAPHS), after.split(PARAGRAPHS)
    blocks: list[Block] = []
    for same, i, i_end, j, j_end in _stretches(old, new):
        if same:
            blocks += [_whole("kept", text) for text in old[i:i_end]]
        else:
            blocks += _changed(old[i:i_end], new[j:j_end])
    return blocks


def compare_words(before: str, after: str) -> tuple[Span, ...]:
    """The difference of two texts that are one paragraph each, a headline for one."""
    old, new = _tokens(before), _tokens(after)
    spans: list[Span] = []
    for same, i, i_end, j, j_end in _stretches([word for _, word in old], [word for _, word in new]):
        if same:
            spans += _kept(old[i:i_end], new[j:j_end])
        else:
            spans.append(Span("removed", _text(old[i:i_end])))
            spans.append(Span("added", _text(new[j:j_end])))
    return tuple(_with_spaces_outside(_without_crumbs(_joined(spans))))


def excerpt(blocks: Sequence[Block], context: int = 1) -> list[Block | int]:
    """The blocks that differ with their neighbours; in place of what is left out, how many paragraphs that is.

    Args:
        blocks: from `compare`.
        context: kept paragraphs that are shown before and after one that differs.
    """
    shown = [
        any(block.kind != "kept" for block in blocks[max(0, i - context) : i + context + 1]) for i in range(len(blocks))
    ]
    result: list[Block | int] = []
    for is_shown, group in groupby(zip(shown, blocks, strict=True), key=lambda pair: pair[0]):
        part = [block for _, block in group]
        result += part if is_shown else [len(part)]
    return result


# --- paragraphs


def _whole(kind: Kind, text: str) -> Block:
    return Block(kind, (Span(kind, text),) if text else ())


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """Blocks of a stretch without a common paragraph: like ones face each other, the others go or come."""
    i = j = 0
    for i_next, j_next in [*_alike(old, new), (len(old), len(new))]:
        yield from (_whole("removed", text) for text in old[i:i_next])
        yield from (_whole("added", text) for text in new[j:j_next])
        if i_next < len(old):
            yield Block("changed", compare_words(old[i_next], new[j_next]))
        i, j = i_next + 1, j_next + 1


def _alike(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of paragraphs that are versions of one, in order: those with the most words in common in all."""
    if len(old) == len(new) == 1:
        return [(0, 0)]
    if len(old) * len(new) > _PAIRS:
        return [(i, i) for i in range(min(len(old), len(new)))]
    old_words, new_words = [Counter(text.split()) for text in old], [Counter(text.split()) for text in new]
    # best[i][j]: the most that old[i:] and new[j:] can have in common.
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likeness = [[_likeness(one, other) for other in new_words] for one in old_words]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + likeness[i][j])
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Share of the words that two paragraphs have in common, of the longer one; 0 below what makes them alike."""
    longer = max(one.total(), other.total())
    share = (one & other).total() / longer if longer else 0.0
    return share if share >= _ALIKE else 0.0


# --- words


def _tokens(text: str) -> list[tuple[str, str]]:
    """Words and signs, each with the white space before it. An empty one ends every text."""
    return [(match[1], match[2]) for match in _TOKEN.finditer(text)]


def _text(tokens: Sequence[tuple[str, str]]) -> str:
    return "".join(space + word for space, word in tokens)


def _kept(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> Iterator[Span]:
    """Words that are the same; white space that differs is a change between them."""
    for (old_space, word), (new_space, _) in zip(old, new, strict=True):
        if old_space == new_space:
            yield Span("kept", old_space + word)
        else:
            yield Span("removed", old_space)
            yield Span("added", new_space)
            yield Span("kept", word)


def _joined(spans: Sequence[Span]) -> list[Span]:
    """The same with one removed and one added span at most between two kept ones, and no empty span."""
    result: list[Span] = []
    for is_kept, group in groupby(spans, key=lambda span: span.kind == "kept"):
        part = list(group)
        kinds: tuple[Kind, ...] = ("kept",) if is_kept else ("removed", "added")
        joined = (Span(kind, "".join(span.text for span in part if span.kind == kind)) for kind in kinds)
        result += [span for span in joined if span.text]
    return result


def _without_crumbs(spans: list[Span]) -> list[Span]:
    """The same with short kept runs made part of the longer changes on both sides: scattered words tell nothing."""
    lengths = [len(span.text) for span in spans]
    absorbed: list[Span] = []
    for i, span in enumerate(spans):
        if span.kind == "kept" and 0 < i < len(spans) - 1 and lengths[i] <= _CRUMB:
            before = max(lengths[k] for k in (i - 1, i - 2) if k >= 0 and spans[k].kind != "kept")
            after = max(lengths[k] for k in (i + 1, i + 2) if k < len(spans) and spans[k].kind != "kept")
            if not span.text.strip() or lengths[i] <= min(before, after):
                absorbed += [Span("removed", span.text), Span("added", span.text)]
                continue
        absorbed.append(span)
    return _joined(absorbed)


def _with_spaces_outside(spans: list[Span]) -> Iterator[Span]:
    """The same with the white space that a removed and an added text begin with before both of them."""
    moved: list[Span] = []
    for span in spans:
        if span.kind == "added" and moved and moved[-1].kind == "removed":
            removed = moved.pop()
            common = _common_space(removed.text, span.text)
            parts = (Span("kept", common), Span("removed", removed.text[len(common) :]))
            moved += [*parts, Span("added", span.text[len(common) :])]
        else:
            moved.append(span)
    return iter(_joined(moved))


def _common_space(one: str, other: str) -> str:
    space = one[: len(one) - len(one.lstrip())]
    return space[: _common_head(space, other)]


# --- sequences


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Stretches of two sequences, in order: whether they are the same, and where they lie in each."""
    i = j = 0
    for i_start, j_start, length in [*_merged(_matches(old, new)), (len(old), len(new), 0)]:
        if i < i_start or j < j_start:
            yield False, i, i_start, j, j_start
        if length:
            yield True, i_start, i_start + length, j_start, j_start + length
        i, j = i_start + length, j_start + length


def _merged(matches: Iterator[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    result: list[tuple[int, int, int]] = []
    for i, j, length in matches:
        if result and (result[-1][0] + result[-1][2], result[-1][1] + result[-1][2]) == (i, j):
            result[-1] = (*result[-1][:2], result[-1][2] + length)
        elif length:
            result.append((i, j, length))
    return result


def _matches(
    old: Sequence[str], new: Sequence[str], start: tuple[int, int] = (0, 0), depth: int = 0
) -> Iterator[tuple[int, int, int]]:
    """Common runs (place in `old`, place in `new`, length), ascending in both.

    What occurs once in both sequences divides them (the patience algorithm) until they are short enough for difflib,
    whose time grows with the square of a text's length and more.
    """
    head = _common_head(old, new)
    tail = _common_head(old[head:][::-1], new[head:][::-1])
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    place = start[0] + head, start[1] + head
    yield *start, head
    if middle_old and middle_new:
        if len(middle_old) * len(middle_new) <= _EXACT:
            for match in SequenceMatcher(None, middle_old, middle_new, autojunk=False).get_matching_blocks():
                yield place[0] + match.a, place[1] + match.b, match.size
        elif depth < _DEPTH:
            yield from _divided(middle_old, middle_new, place, depth)
    yield start[0] + len(old) - tail, start[1] + len(new) - tail, tail


def _divided(
    old: Sequence[str], new: Sequence[str], place: tuple[int, int], depth: int
) -> Iterator[tuple[int, int, int]]:
    i = j = 0
    tries = (_anchors(_runs(old, length), _runs(new, length)) for length in _RUNS)
    anchors = next(filter(None, tries), [])
    for i_next, j_next in [*anchors, (len(old), len(new))] if anchors else []:
        yield from _matches(old[i:i_next], new[j:j_next], (place[0] + i, place[1] + j), depth + 1)
        if i_next < len(old):
            yield place[0] + i_next, place[1] + j_next, 1
        i, j = i_next + 1, j_next + 1


def _common_head(old: Sequence[str], new: Sequence[str]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((i for i, (one, other) in pairs if one != other), min(len(old), len(new)))


def _runs(tokens: Sequence[str], length: int) -> list[Sequence[str]]:
    """Every run of so many tokens, by the place of its first."""
    return [tuple(tokens[i : i + length]) for i in range(len(tokens) - length + 1)] if length > 1 else list(tokens)


def _anchors(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """Places of what occurs once in both: the longest row of them that ascends in both."""
    old_counts, new_counts = Counter(old), Counter(new)
    places = {token: j for j, token in enumerate(new) if new_counts[token] == 1}
    pairs = [(i, places[token]) for i, token in enumerate(old) if old_counts[token] == 1 and token in places]
    ends: list[int] = []  # the least last place of an ascending row of each length
    rows: list[int] = []  # the pair that ends it
    previous = [-1] * len(pairs)
    for k, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        previous[k] = rows[length - 1] if length else -1
        ends[length : length + 1], rows[length : length + 1] = [j], [k]
    chosen, k = [], rows[-1] if rows else -1
    while k >= 0:
        chosen.append(pairs[k])
        k = previous[k]
    return chosen[::-1]
