"""Characters that a reader does not see, and the many that look like a space or a line's end.

Source of the classes: the Unicode Character Database, general categories Cc, Cf, Cs, Co, Cn and Zs.
"""

import re

BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Bidirectional marks, embeddings, overrides and isolates, for use inside a character class."""

ZERO_WIDTH = "\u00ad\u034f\u180b-\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff"
"""Soft hyphen, grapheme joiner, zero-width space, joiner and non-joiner, invisible operators, byte order mark."""

_BLANK_LETTERS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
# An icon font's glyphs live in the private use area: without the font they are empty boxes.
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_NONCHARACTERS = "\ufdd0-\ufdef\ufff0-\ufffc\ufffe\uffff\U000e0000-\U000e0fff"
# A lone surrogate cannot be written as UTF-8, so no database would take it.
_SURROGATES = "\ud800-\udfff"
# Every control character except those that part words or lines: tab, line feed and its like, next line.
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"

SPACES = "\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
LINE_ENDS = "\n\x0b\x0c\r\x85\u2028\u2029"

INVISIBLE = re.compile(f"[{_CONTROLS}{BIDI}{ZERO_WIDTH}{_BLANK_LETTERS}{_PRIVATE}{_NONCHARACTERS}{_SURROGATES}]+")
"""A run of characters that show nothing and part nothing."""

PRINTABLE = re.compile(f"[\u034f\u180b-\u180e\u2065{_BLANK_LETTERS}\ufff0-\ufffc\U000e0000-\U000e0fff]")
"""Those of INVISIBLE that str.isprintable takes for printable: it looks a text through in a tenth of the time."""
