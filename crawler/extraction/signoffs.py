"""How agencies and desks sign a text off: end marks, initials of those who wrote and edited it, the sending time."""

import re

from crawler.arabic.agencies import agency_named
from crawler.arabic.letters import fold

_LONGEST = 90
_EDGE = " \t=-–—_*/\\.،,:؛()[]{}<>«»|#\u200f\u200e（）"
_END_WORDS = r"(?:النهايه|نهايه الخبر|انتهي|انتهت|انتهي الخبر|تمت|يتبع|end|ends)"
_END = re.compile(rf"{_END_WORDS}(?:\W+[\w/ ]{{0,12}})?")
_INLINE_END = re.compile(
    r"\s*[(\[（/=*–—-]{1,6}\s*(?:النهاية|النهايه|نهاية الخبر|انتهى|انتهي)\s*[)\]）/=*–—-]{1,6}"
    r"(?:[\s./_-]{1,3}[^\W\d_]{1,2}){0,8}\s*$"
    r"|(?<=[.»\"”])\s*(?:انتهى|انتهي)[\d/ ]{0,4}[^\W\d_]{0,3}[\d/ ]{0,4}$"
    r"|\s*={2,}\s*(?:[^\W\d_]{1,2}[\s./_-]{0,3}){0,6}$"
)
# د.ع / م ص: one or two letters each, in groups.
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}[\s./_-]{1,3}){1,7}[^\W\d_]{1,2}")
_ONE_GROUP = re.compile(r"[^\W\d_]{2,3}")
_SENT = re.compile(r"(?:\d{1,2}:\d{2}\s?(?:ت ?م|جمت|gmt|مكه)\s?\d{0,6}|[^\W\d_]{3,12}\d{4,8}\b.{0,25})")


def signs_off(text: str) -> bool:
    """Whether a line at a text's end only signs it off: "// انتهى //", "ص ع/ س ص", "=====ر.ع", "وام/فلان/فلان".

    The credit of an agency alone ("--(بترا)") is not meant: `agency_credit` reads it.
    """
    if len(text) > _LONGEST:
        return False
    folded = fold(text).strip()
    bare = folded.strip(_EDGE)
    if not bare:
        return True
    if _END.fullmatch(bare) or _INITIALS.fullmatch(bare) or _SENT.fullmatch(bare):
        return True
    if _ONE_GROUP.fullmatch(bare):
        return folded[0] in "=-–—/(" and bare != folded
    first, slash, rest = bare.partition("/")
    return bool(slash and rest) and len(bare.split()) <= 10 and agency_named(first) is not None


def without_end_mark(text: str) -> str:
    """The text without an end mark after its last word: "...للأسعار.(النهاية)"."""
    found = _INLINE_END.search(text, max(0, len(text) - _LONGEST))
    return text[: found.start()] if found and found.start() else text
