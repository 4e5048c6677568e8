"""From bytes to text: Arabic pages in UTF-8 and windows-1256, whatever they declare, and mojibake mended.

Declarations are wrong too often to be believed first. Valid UTF-8 with letters beyond ASCII is UTF-8: text of any other
encoding practically never is (https://www.w3.org/International/questions/qa-forms-utf-8). What is not, is judged by
how Arabic it reads in the few encodings that Arabic pages were ever written in; charset-normalizer tries a hundred
and takes longer than the extraction for it.
"""

import codecs
import re
from functools import lru_cache

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
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
_MEANT = {
    "iso-8859-1": "cp1256",
    "latin-1": "cp1256",
    "cp1252": "cp1256",
    "windows-1252": "cp1256",
    "iso8859-1": "cp1256",
}
_CANDIDATES = ("cp1256", "iso8859-6", "mac-arabic")

_COMMON = re.compile("[الميونترب]")
_STRANGE = re.compile("[^\x00-\x7f\u0600-\u06ff\u00a0-\u00bf\u2010-\u2026\u200c-\u200f]")


def _known(label: str | None) -> str | None:
    """The codec of a label, or None for a label that nothing decodes."""
    if not label:
        return None
    try:
        codec = codecs.lookup(label.strip().strip("\"'").lower())
    except (LookupError, ValueError):
        return None
    # Codecs that are no character encodings (rot13, base64, ...) answer other types or run away.
    return codec.name if getattr(codec, "_is_text_encoding", True) else None


def declared_in(page: bytes) -> str | None:
    """The encoding that the page's own head declares, by its codec's name."""
    found = _DECLARED.search(page[:_DECLARATION_WITHIN])
    if not found:
        return None
    return _known((found.group(1) or found.group(2)).decode("ascii", "ignore"))


def _arabic_share(text: str) -> float:
    """How Arabic a text reads: the share of its letters beyond ASCII that are common Arabic ones, less the strange."""
    beyond = sum(1 for c in text if c > "\x7f")
    if not beyond:
        return 0.0
    return (len(_COMMON.findall(text)) - 2 * len(_STRANGE.findall(text))) / beyond


def _as_cp1256(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: bytes that are not UTF-8, in a page that mostly is, were pasted from windows-1256."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1256", "replace"), error.end


codecs.register_error("naba-cp1256", _as_cp1256)


def _nearly_utf8(page: bytes) -> str | None:
    """The text of a page that is UTF-8 with some damage, or None when it is not UTF-8."""
    text = page.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(len(text_part) for text_part in re.findall("[\u0600-\u06ff]+", text[:_SAMPLE]))
    if bad * 4 > good:
        return None
    if bad > 8:
        return page.decode("utf-8", "naba-cp1256")
    return text.replace("\ufffd", "")


def decode(page: bytes, header: str | None = None) -> tuple[str, str]:
    """The page's text and the name of the encoding that it was read in. Never raises.

    Args:
        page: the body as received.
        header: charset of the HTTP Content-Type, if any.
    """
    page = page[:MOST_BYTES]
    for bom, codec in _BOMS:
        if page.startswith(bom):
            return page.decode(codec, "replace").lstrip("\ufeff"), codec
    try:
        return page.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    sample = page[:_SAMPLE]
    zeros = sample[:2000].count(0)
    if zeros > len(sample[:2000]) / 5:  # UTF-16 without a mark: the high byte of ASCII is zero
        codec = "utf-16-le" if sample[1:2000:2].count(0) >= sample[0:2000:2].count(0) else "utf-16-be"
        return page.decode(codec, "replace"), codec
    text = _nearly_utf8(page)
    if text is not None:
        return text, "utf-8"
    stated = [name for name in (_known(header), declared_in(page)) if name and not name.startswith("utf")]
    candidates = dict.fromkeys([*(_MEANT.get(name, name) for name in stated), *_CANDIDATES])
    readings = {name: _arabic_share(sample.decode(name, "replace")) for name in candidates}
    best = max(readings, key=lambda name: readings[name])
    if readings[best] <= 0 and stated:  # no Arabic page: believe what it says
        best = stated[0]
    return page.decode(best, "replace"), best


# UTF-8's two bytes of an Arabic letter (D8-DB, 80-BF) read as windows-1252 or Latin-1, and as windows-1256.
_CONTINUATION = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_LATIN_PAIRS = re.compile(f"(?:[Ø-Û][{_CONTINUATION}]){{2,}}")
_ARABIC_RUN = re.compile("[\u0600-\u06ff\u0080-\u00ff\u0152-\u0192\u02c6\u200c-\u200f\u2010-\u2044\u20ac\u2122]{4,}")
_FEW = 20


@lru_cache(maxsize=1)
def _cp1252_bytes() -> dict[int, int]:
    """Characters to bytes, as browsers read windows-1252: the five unassigned bytes are C1 controls."""
    table = {byte: byte for byte in range(256)}
    for byte in range(0x80, 0xA0):
        try:
            table[ord(bytes([byte]).decode("cp1252"))] = byte
        except UnicodeDecodeError:
            continue
    return table


def _from_latin(run: re.Match[str]) -> str:
    table = _cp1252_bytes()
    try:
        return bytes(table[ord(c)] for c in run.group()).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return run.group()


def _from_cp1256(run: re.Match[str]) -> str:
    try:
        return run.group().encode("cp1256").decode("utf-8")
    except UnicodeError:
        return run.group()


def mend(text: str) -> tuple[str, bool]:
    """The text with double encoding undone, and whether there was any.

    UTF-8 that was read as windows-1252 or Latin-1 (Ø§Ù„) or as windows-1256 (ط§ظ„) and written as UTF-8 again, in
    the whole page or in parts of it.
    """
    # In Arabic text ا is ten times as frequent as ط and ظ together; in the second kind of mojibake they are every
    # other letter.
    mended = text
    if "Ø" in text or "Ù" in text:
        mended = _LATIN_PAIRS.sub(_from_latin, mended)
    suspects = mended.count("ط") + mended.count("ظ")
    if suspects > _FEW and suspects > 2 * mended.count("ا"):
        mended = _ARABIC_RUN.sub(_from_cp1256, mended)
    return mended, mended is not text and mended != text
