"""Whether a page is Arabic, told from its beginning before anything is parsed: most pages of an archive are not."""

import re

from crawler.arabic.languages import arabic_letters, is_other_language
from crawler.extraction.decoding import decode

FIRST, MOST = 16 * 1024, 128 * 1024
"""Bytes of a page that are looked at; the second where the first tell nothing."""
_LANGUAGE = re.compile(rb"""<html\b[^>]{0,600}?\blang\s{0,3}=\s{0,3}["']?([a-zA-Z]{2,3})""", re.IGNORECASE)
_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{10,400})<", re.IGNORECASE)
_UNSEEN = re.compile(rb"<(script|style)\b.*?(?:</\1|$)|<!--.*?(?:-->|$)|<[^>]*(?:>|$)", re.IGNORECASE | re.DOTALL)
_SPELT = (b"&#15", b"&#16", b"&#x6", b"&#x06", b"\\u06")
"""How letters are spelt by number, by old editors and in the states of scripts."""
_UTF_8 = re.compile(rb"[\xd8-\xdb][\x80-\xbf]")
_LEADS = b"\xd8\xd9\xda\xdb"
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
# Languages that are written in the Arabic script too.
_OTHERS = {"fa", "ur", "ku", "ckb", "ps", "ug", "sd"}
_LEAST_LETTERS = 100
_SHARE = 0.3
"""Of the letters shown: menus and a language switch are less, a page with code or names in it is more."""


def sniff(page: bytes, charset: str | None, *, is_whole: bool) -> str | None:
    """'arabic', or what it is instead: 'not_arabic', 'other_language'; None when more of the page must be seen.

    Args:
        page: its first bytes, transfer and content coding undone.
        charset: of the HTTP Content-Type.
        is_whole: no more of it is to be had, or wanted.
    """
    named = _LANGUAGE.search(page[:4096])
    language = named.group(1).lower().decode() if named else None
    # A few such letters are a name, or a language switch.
    if sum(map(page.count, _SPELT)) >= 4 * _LEAST_LETTERS:
        return "other_language" if language in _OTHERS else "arabic"
    if language != "ar" and _is_without_arabic(page):
        return "not_arabic" if is_whole or language is not None or _TITLE.search(page) else None
    text = decode(_UNSEEN.sub(b" ", page), charset)[0]
    arabic, latin = arabic_letters(text), len(_LATIN.findall(text))
    if arabic >= _LEAST_LETTERS and arabic >= _SHARE * (arabic + latin):
        return "other_language" if language in _OTHERS or is_other_language(text) else "arabic"
    if not is_whole:
        return None
    # A page that shows nothing yet, and says that it is Arabic: its text may stand in its scripts.
    return "arabic" if language == "ar" and latin < 4 * _LEAST_LETTERS else "not_arabic"


def _is_without_arabic(page: bytes) -> bool:
    """Whether no byte of the page can be of an Arabic letter; of a cut character at its end nothing is asked."""
    if page.isascii():
        return True
    # Looking for single bytes first is many times as fast.
    if any(byte in page for byte in _LEADS) and _UTF_8.search(page):
        return False
    try:
        page[:-4].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(page) - 8  # else it may be windows-1256
    return True
