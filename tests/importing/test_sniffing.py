"""What the beginning of a page tells of its language."""

import pytest

from benchmarks.archive.corpus import Elsewhere
from crawler.importing.sniffing import sniff

TEXT = "أعلنت بلدية وادي الزيتون أمس عن بداية أشغال واسعة تشمل تهيئة الأرصفة وتجديد الإنارة في الشوارع كلها. " * 3
PERSIAN = "رئیس جمهور گفت که دولت برنامه‌های تازه‌ای برای کاهش تورم و پشتیبانی از تولیدکنندگان کشور دارد. " * 3
URDU = "وزیر اعظم نے کہا ہے کہ حکومت عوام کی مشکلات سے آگاہ ہے اور مہنگائی پر قابو پانے کے لیے کام کر رہی ہے۔ " * 3
ENGLISH = "The minister said on Tuesday that the new railway line will open before the end of the year. " * 10


def page(text, language=None, head=""):
    lang = f' lang="{language}"' if language else ""
    return f"<!DOCTYPE html><html{lang}><head>{head}<title>x</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "language", "verdict"),
    [
        (TEXT, "ar", "arabic"),
        (TEXT, None, "arabic"),
        (TEXT, "en-US", "arabic"),  # a theme's default
        (TEXT.replace("ي ", "ی "), "ar", "arabic"),  # Egyptian printing
        (PERSIAN, None, "other_language"),
        (URDU, "ur", "other_language"),
        (ENGLISH, "en", "not_arabic"),
        (ENGLISH + "العربية", "en", "not_arabic"),  # a language switch
        (ENGLISH, None, "not_arabic"),
        (ENGLISH, "ar", "not_arabic"),  # the English edition of an Arabic site
    ],
)
def test_language_is_told_by_the_text(text, language, verdict):
    assert sniff(page(text, language).encode(), None, is_whole=True) == verdict


def test_windows_1256_is_read_declared_or_not():
    old = page(TEXT).encode("cp1256", "replace")
    assert sniff(old, None, is_whole=True) == "arabic"
    assert sniff(old, "windows-1256", is_whole=True) == "arabic"


def test_letters_that_are_spelt_by_number_count():
    entities = "".join(f"&#{ord(letter)};" if letter != " " else " " for letter in TEXT * 3)
    assert sniff(page(entities).encode(), None, is_whole=True) == "arabic"
    escaped = TEXT.encode("ascii", "backslashreplace").decode() * 3
    assert sniff(page(f"<script>{escaped}</script>").encode(), None, is_whole=True) == "arabic"


def test_more_is_asked_for_where_the_beginning_tells_nothing():
    head = f"<style>{'.a{margin:0}' * 2000}</style>"
    start = page(TEXT, head=head).encode()[:16384]
    assert sniff(start, None, is_whole=False) is None
    assert sniff(page(TEXT, head=head).encode(), None, is_whole=True) == "arabic"
    # a page that says that it is English, and shows no Arabic letter, is read no further
    assert sniff(page(ENGLISH, "en", head).encode()[:16384], None, is_whole=False) == "not_arabic"


def test_a_shell_that_says_it_is_arabic_is_read_for_what_its_scripts_hold():
    assert sniff(b'<html lang="ar"><body><div id="app"></div></body></html>', None, is_whole=True) == "arabic"


@pytest.mark.parametrize("language", ["en", "fr", "ru", "fa"])
def test_pages_of_elsewhere_are_none(language):
    body = Elsewhere(3).page(1, language).body
    assert sniff(body[:16384], "utf-8", is_whole=False) in {"not_arabic", "other_language"}


@pytest.mark.parametrize("odd", [b"", b"\xff\xfe", b"<html", b"\xd8", b"<!--" * 5000, bytes(range(256)) * 64])
def test_anything_is_borne(odd):
    assert sniff(odd, "no-such-charset", is_whole=True) in {"not_arabic", "arabic", "other_language"}
