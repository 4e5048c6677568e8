"""The last look at every text of a record: no markup, nothing that a reader cannot see."""

import re
from typing import Any

from crawler.arabic.letters import clean

_NAMES = (
    "a|abbr|amp-[a-z-]+|article|aside|audio|b|base|big|blockquote|body|br|button|caption|center|cite|code|dd|del|div|dl"
    "|dt|em|embed|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hr|html|i|iframe|img|input|ins"
    "|label|li|link|main|map|mark|meta|nav|noscript|o:p|object|ol|option|p|param|picture|pre|q|s|script|section|select"
    "|small|source|span|strike|strong|style|sub|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|u"
    "|ul|video|wbr"
)
# A tag may be cut off at the text's end; "<" alone is no tag: 3 < 5.
_REST = r"(?:[^<>]{0,300}>|[^<>]{0,60}\Z)?"
MARKUP = re.compile(rf"</(?:[\w:-]{{0,20}}\s{{0,5}}>)?|<[!?]{_REST}|<(?:{_NAMES})(?![\w-]){_REST}", re.IGNORECASE)
"""Tags, end tags, comments and declarations, whole or cut off."""


def readable(value: Any) -> Any:
    """A field's value; its text, or each of its texts, without markup and without what cannot be seen."""
    if isinstance(value, list):
        return [readable(inner) for inner in value]
    if not isinstance(value, str):
        return value
    text = clean(value)
    return clean(MARKUP.sub(" ", text)) if "<" in text else text
