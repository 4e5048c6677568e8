"""From bytes to text: the encodings of Arabic pages, whatever they declare, and nothing mended that is right."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction import extract
from crawler.extraction.decoding import decode, mend

TEXT = (
    "أكد وزراء خارجية دول التحالف الدولي، خلال اجتماعهم في العاصمة، أن المفاوضات «ستستمر» حتى نهاية الشهر الجاري؛ "
    "وقال المتحدث باسم الوزارة إن الوفد سيعود يوم 12 مارس 2020."
)
PAGE = f"<html><head><title>خبر</title></head><body><h1>إجماع دولي على التصدي</h1><p>{TEXT}</p></body></html>"
SINGLE = ["windows-1256", "iso-8859-6"]
EVERY = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", *SINGLE]
# Of what windows-1256 and ISO-8859-6 both have.
LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
word = st.text(alphabet=LETTERS, min_size=2, max_size=9)
arabic = st.lists(word, min_size=1, max_size=40).map(" ".join)


def in_bytes(text, encoding):
    return text.replace("«", '"').replace("»", '"').encode(encoding)


def page_of(text, charset=None):
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return f"<html><head>{meta}</head><body><p>{text}</p></body></html>"


@given(arabic, st.sampled_from(EVERY), st.sampled_from(["meta", "header", "both"]))
def test_any_arabic_text_with_its_right_declaration_comes_back(text, encoding, where):
    charset = encoding.removesuffix("-sig")
    page = page_of(text, charset if where != "header" else None)
    read, _ = decode(page.encode(encoding), charset if where != "meta" else None)
    assert mend(read)[0] == page


@pytest.mark.parametrize("encoding", EVERY)
@pytest.mark.parametrize(
    "header", [None, "utf-8", "windows-1256", "iso-8859-6", "iso-8859-1", "utf-16", "x-nonsense", ""]
)
@pytest.mark.parametrize("meta", [None, "utf-8", "windows-1256", "iso-8859-1", "utf-16", "nonsense"])
def test_a_page_of_any_length_comes_back_whatever_is_declared(encoding, header, meta):
    page = page_of(TEXT.replace("«", '"').replace("»", '"'), meta)
    read, _ = decode(page.encode(encoding), header)
    assert mend(read)[0] == page


@pytest.mark.parametrize("bom", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
@pytest.mark.parametrize("encoding", ["windows-1256", "utf-8"])
def test_a_mark_that_is_not_the_encodings_is_passed_over(bom, encoding):
    read, _ = decode(bom + PAGE.encode(encoding))
    assert PAGE in read


@pytest.mark.parametrize("label", ["idna", "rot13", "base64", "unicode-escape", "utf-7", "\udcff", "a" * 9999, "zip\0"])
def test_labels_that_decode_no_page_are_passed_over(label):
    assert decode(PAGE.encode("cp1256"), label)[0] == PAGE


def test_a_few_broken_bytes_cost_no_letter_beside_them():
    page = PAGE.encode()
    for place in range(60, len(page), 53):
        broken = page[:place] + b"\xff" + page[place:]
        read, name = decode(broken)
        assert name == "utf-8"
        assert abs(len(read) - len(PAGE)) <= 2
        assert "خارجية" in read or "المتحدث" in read
    assert decode(page[:-200] + "قال".encode("cp1256") * 4 + page[-200:])[0].count("قال") >= 4


MISREADINGS = ["cp1252", "latin-1", "cp1256"]


def misread(text, encoding):
    """The text as UTF-8 read by a browser in another encoding."""
    return "".join(
        bytes([byte]).decode(encoding) if bytes([byte]).decode(encoding, "ignore") else chr(byte)
        for byte in text.encode()
    )


@pytest.mark.parametrize("encoding", MISREADINGS)
def test_double_encoding_is_undone(encoding):
    assert mend(misread(PAGE, encoding)) == (PAGE, True)
    # The template right and the article wrong, as where a database's connection lied.
    menu = "<ul><li>الرئيسية</li><li>سياسة</li><li>اقتصاد</li><li>رياضة</li></ul>"
    assert mend(menu + misread(TEXT, encoding))[0] == menu + TEXT


@given(arabic, st.sampled_from(MISREADINGS))
def test_any_double_encoded_text_comes_back(text, encoding):
    text = f"المال {text} الليل"
    assert mend(misread(text, encoding))[0] == text


@pytest.mark.parametrize("encoding", MISREADINGS)
def test_quoted_mojibake_is_left(encoding):
    page = PAGE.replace("</p>", f" فتظهر كلمة «العربية» هكذا: {misread('العربية', encoding)}</p>")
    assert mend(page) == (page, False)


@given(
    st.text(
        alphabet=st.sampled_from(LETTERS + "ًٌٍَُِّْـ٠١٢٣٤٥٦٧٨٩،؛؟«»“”…—–٪پچژگکی \u200c\u200d\u200f\u00a0()\n.,éàçèêô"),
        max_size=300,
    )
)
def test_right_text_is_never_mended(text):
    assert mend(text) == (text, False)


def test_entities_escaped_twice_are_read():
    assert mend("<p>&amp;#1575;&amp;#x644; &amp;quot;قال&amp;quot; AT&amp;T a&amp;lt;b</p>")[0] == (
        "<p>&#1575;&#x644; &quot;قال&quot; AT&amp;T a&amp;lt;b</p>"
    )


@pytest.mark.parametrize("encoding", ["ascii", "windows-1256", "utf-8"])
def test_a_page_of_entities_gives_the_same_article(encoding):
    page = PAGE.encode(encoding, "xmlcharrefreplace")
    article = extract(page, "https://paper.example/1").article
    assert article is not None
    assert article.body == TEXT
    assert article.title == "إجماع دولي على التصدي"
