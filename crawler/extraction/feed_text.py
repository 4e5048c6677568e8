"""The article's text as its feed gives it: for pages that show none."""

import re

from crawler.arabic.letters import fold
from crawler.extraction.blocks import Line, lines_of
from crawler.extraction.furniture import mark
from crawler.extraction.outline import outline, parse, visible_text

_LEAST_TEXT = 250
"""Characters below which a feed gives a summary."""
_LONGEST_END = 200
# WordPress closes each text in its feeds so.
_CREDIT = re.compile(
    r"ظهرت? .{0,20}(?:المقال|التدوينه|الخبر|المنشور).{0,400}|the post .{0,400}appeared first on.{0,100}"
)
_CUT_OFF = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|\[&hellip;\]|(?:اقرا|اقراي|قراءه|لقراءه|مشاهده|شاهد|تابع)?\W{0,2}(?:المزيد|بقيه الخبر|"
    r"التفاصيل|الخبر كاملا|المقال كاملا)|read more|continue reading.{0,80})\W{0,3}$"
)


def lines_in_feed(text: str) -> list[Line]:
    """The lines of a text that is a feed's markup; none where it is a summary or cut off."""
    root = parse(f"<html><body>{text}</body></html>")
    if root is None:
        return []
    page = outline(root)
    top = next((index for index, tag in enumerate(page.tags[:50]) if tag == "body"), 0)
    lines = lines_of(page, [top], mark(page, None))
    if lines and _CREDIT.match(fold(lines[-1].text)):
        lines.pop()
    if sum(len(line.text) for line in lines) < _LEAST_TEXT:
        return []
    # Asked of the whole text too: a link to the rest is no line of an article.
    ends = (lines[-1].text, visible_text(root)[-_LONGEST_END:])
    return [] if any(_CUT_OFF.search(fold(end)) for end in ends) else lines
