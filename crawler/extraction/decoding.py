"""From bytes to text: Arabic pages in UTF-8 and windows-1256, whatever they declare, and mojibake mended.

Declarations are wrong too often to be believed first. Valid UTF-8 with letters beyond ASCII is UTF-8: text of any other
encoding practically never is (https://www.w3.org/International/questions/qa-forms-utf-8). What is not, is judged by
how Arabic it reads in the few encodings that Arabic pages were ever written in; charset-normalizer tries a hundred
and takes longer than the extraction for it.
"""

import codecs
import contextlib
import re
from dataclasses import dataclass
from functools import lru_cache

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w-]{3,30})|<\?xml[^>]{0,100}encoding=["']([\w-]{3,30})""",
    re.IGNORECASE,
)
_DECLARATION_WITHIN = 8192
MOST_BYTES = 12_000_000
"""Bytes of a page that are read: 6 million Arabic letters in UTF-8."""
_SAMPLE = 200_000  # bytes that decide the encoding
# What is declared and what was meant: both are labels that old editors wrote for Arabic text (WHATWG Encoding knows
# no better).
_MEANT = dict.fromkeys(("ascii", "iso8859-1", "cp1252"), "cp1256")
_CANDIDATES = ("cp1256", "iso8859-6")

_COMMON = re.compile("[الميونترب]+")
_STRANGE = re.compile("[^\x00-\x7f\u0600-\u06ff\u00a0-\u00bf\u2010-\u2026\u2030-\u203a\u200c-\u200f€™ˆ]+")
_FEW_STRANGE = 0.01
"""Share of the characters beyond ASCII up to which a declared encoding is believed."""


def _known(label: str | None) -> str | None:
    """The codec of a label, or None for a label that no page is written in."""
    if not label:
        return None
    try:
        codec = codecs.lookup(label.strip().strip("\"'").lower()).name
    except (LookupError, ValueError):
        return None
    return codec if codec.startswith(_FAMILIES) else None  # the others decode no text (rot13, base64, idna)


_FAMILIES = ("utf", "cp", "iso8859", "mac-", "koi8", "ascii")


def declared_in(page: bytes) -> str | None:
    """The encoding that the page's own head declares, by its codec's name."""
    found = _DECLARED.search(page[:_DECLARATION_WITHIN])
    if not found:
        return None
    return _known((found.group(1) or found.group(2)).decode("ascii", "ignore"))


def _length(runs: re.Pattern[str], text: str) -> int:
    return sum(map(len, runs.findall(text)))


def _strange_share(text: str) -> float:
    """The share of characters that Arabic text has no use for, of those beyond ASCII."""
    return _length(_STRANGE, text) / max(1, _length(_BEYOND_ASCII, text))


def _arabic_share(text: str) -> float:
    """How Arabic a text reads: the share of its letters beyond ASCII that are common Arabic ones, less the strange."""
    return (_length(_COMMON, text) - 2 * _length(_STRANGE, text)) / max(1, _length(_BEYOND_ASCII, text))


_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_ARABIC = re.compile("[\u0600-\u06ff]")


def _as_cp1256(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: bytes that are not UTF-8, in a page that mostly is, were pasted from windows-1256."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1256", "replace"), error.end


codecs.register_error("naba-cp1256", _as_cp1256)


def _nearly_utf8(page: bytes) -> str | None:
    """The text of a page that is UTF-8 with some damage, or None when it is not UTF-8."""
    text = page.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    if bad * 5 > _length(_BEYOND_ASCII, text):
        return None
    if bad > 8:
        return page.decode("utf-8", "naba-cp1256")
    return text.replace("\ufffd", "")


def _utf16(page: bytes) -> tuple[str, str] | None:
    """The text of a page in UTF-16, with its mark or without: the high byte of its markup is zero."""
    start = page[:2000]
    zeros = start[0::2].count(0), start[1::2].count(0)
    codec = "utf-16-le" if zeros[1] >= zeros[0] else "utf-16-be"
    marked = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if sum(zeros) * 8 <= len(start) and not (marked and "<" in start.decode(codec, "replace")):
        return None
    return page.decode(codec, "replace").lstrip("\ufeff"), codec


def decode(page: bytes, header: str | None = None) -> tuple[str, str]:
    """The page's text and the name of the encoding that it was read in. Never raises.

    What the bytes can be decides before what is declared; a declaration decides between encodings that all read well.

    Args:
        page: the body as received.
        header: charset of the HTTP Content-Type, if any.
    """
    page = page[:MOST_BYTES]
    utf16 = _utf16(page)
    if utf16 is not None:
        return utf16
    page = page.removeprefix(codecs.BOM_UTF8)
    try:
        return page.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = _nearly_utf8(page)
    return (text, "utf-8") if text is not None else _in_single_bytes(page, header)


def _in_single_bytes(page: bytes, header: str | None) -> tuple[str, str]:
    """The text of a page in windows-1256 or the like."""
    sample = page[:_SAMPLE]
    stated = [name for name in (_known(header), declared_in(page)) if name and not name.startswith("utf")]
    candidates = dict.fromkeys([*(_MEANT.get(name, name) for name in stated), *_CANDIDATES])
    readings = {name: sample.decode(name, "replace") for name in candidates}
    for name, reading in readings.items():
        if name in stated and _ARABIC.search(reading) and _strange_share(reading) <= _FEW_STRANGE:
            return page.decode(name, "replace"), name
    shares = {name: _arabic_share(reading) for name, reading in readings.items()}
    best = max(shares, key=lambda name: shares[name])
    if shares[best] <= 0 and stated:  # no Arabic page: believe what it says
        best = stated[0]
    return page.decode(best, "replace"), best


# UTF-8's bytes of Arabic (D8-DB, then 80-BF) and of the marks beside it (C2, E2 80), read as windows-1252 or Latin-1,
# and as windows-1256. Two letters in a row so read are no text.
_LATIN_REST = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_CP1256_REST = "[\u00a0-\u00bf€پ‚ƒ„…†‡ˆ‰ٹ‹Œچژڈگ‘’“”•–—ک™ڑ›œ\u200c\u200dں،ھ؛؟]"


@dataclass(frozen=True, slots=True)
class _Misreading:
    """UTF-8 that was read in another encoding."""

    sign: tuple[str, ...]
    """What two of the most frequent letters became: a page without them has none of it."""
    word: re.Pattern[str]
    """Two letters or more."""
    run: re.Pattern[str]
    """Letters and marks."""


_MISREADINGS = (
    _Misreading(
        ("Ø§", "Ù„"),
        re.compile(f"(?:[Ø-Û]{_LATIN_REST}){{2,}}"),
        re.compile(f"(?:[Â-ß]{_LATIN_REST}|[à-ï]{_LATIN_REST}{{2}})+"),
    ),
    _Misreading(
        ("ط§", "ظ„"),
        re.compile(f"(?:[طظعغ]{_CP1256_REST}){{2,}}"),
        re.compile(f"(?:[طظعغآ]{_CP1256_REST}|â{_CP1256_REST}{{2}})+"),
    ),
)
_LEAST_SHARE = 0.2
"""Of the page's Arabic that must be misread. What is less is quoted, in an article on encodings for one."""


@lru_cache(maxsize=1)
def _bytes_of() -> dict[str, int]:
    """Characters to bytes, as browsers read windows-1252 (its five unassigned bytes are controls) and windows-1256."""
    table = {chr(byte): byte for byte in range(256)}
    for byte in range(0x80, 0x100):
        for codec in ("cp1252", "cp1256"):
            with contextlib.suppress(UnicodeDecodeError):
                table.setdefault(bytes([byte]).decode(codec), byte)
    return table


def _reread(run: re.Match[str]) -> str:
    table = _bytes_of()
    try:
        return bytes(table[c] for c in run.group()).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return run.group()


# &amp;#1575; and &amp;quot;: escaped twice. Not &amp;lt;, which text on markup needs.
_ENTITY = re.compile(
    r"(?:#1[5-7]\d\d|#[xX]0?6[0-9a-fA-F]{2}|quot|nbsp|[lr][ad]quo|[lr]squo|hellip|[nm]dash|[lr][lr]m|zwnj);"
)


def _without_doubled(text: str) -> str:
    first, *parts = text.split("&amp;")
    if not any(map(_ENTITY.match, parts)):
        return text
    return first + "".join(("&" if _ENTITY.match(part) else "&amp;") + part for part in parts)


def mend(text: str) -> tuple[str, bool]:
    """The text with double encoding undone, and whether there was any.

    UTF-8 that was read as windows-1252 or Latin-1 (Ø§Ù„) or as windows-1256 (ط§ظ„) and written as UTF-8 again, in
    the whole page or in parts of it that are more than a quotation; entities that were escaped twice.
    """
    mended = text
    for misreading in _MISREADINGS:
        # The second character alone is rare, and looked for in a twentieth of the time.
        if any(sign[1] in mended and sign in mended for sign in misreading.sign):
            wrong = _length(misreading.word, mended)
            right = len(_ARABIC_LETTER.findall(misreading.word.sub("", mended)))
            if wrong and wrong / 2 >= _LEAST_SHARE * (wrong / 2 + right):
                mended = misreading.run.sub(_reread, mended)
    mended = _without_doubled(mended)
    return mended, mended != text


_ARABIC_LETTER = re.compile("[\u0621-\u064a]")
