"""One article, one key, however its address is spelt."""

import unicodedata
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import KEY_BYTES, address_identity, address_key, canonical_address

ARTICLE = "https://www.example.com/dz/الحدث/إجماع-دولي"

SAME = [
    ARTICLE,
    quote(ARTICLE, safe=":/"),
    quote(ARTICLE, safe=":/").lower(),
    ARTICLE + "/",
    ARTICLE + "#التعليقات",
    ARTICLE + "?utm_source=facebook&utm_medium=social",
    ARTICLE + "?fbclid=IwAR0",
    ARTICLE + "?gclid=1&dclid=2&twclid=3&msclkid=4&wbraid=5",
    ARTICLE + "/amp",
    ARTICLE + "/amp/",
    ARTICLE + "?amp=1",
    ARTICLE.replace("https", "http"),
    ARTICLE.replace("www.", ""),
    ARTICLE.replace("www.", "m."),
    ARTICLE.replace("www.example.com", "WWW.Example.COM:443"),
    ARTICLE.replace("/dz/", "//dz/"),
    unicodedata.normalize("NFD", ARTICLE),
    ARTICLE.replace("www.", "amp."),
    ARTICLE.replace("www.", "touch."),
    ARTICLE + "?at_medium=RSS&amp;utm_source=x",
    ARTICLE + "?view=amp&gad_source=1",
    ARTICLE + "?m=1#comments",
    ARTICLE + "\u200f",
    ARTICLE + "/\u200f",
    f"  {ARTICLE}\n",
]


@pytest.mark.parametrize("address", SAME)
def test_spellings_of_one_address_have_one_key(address):
    assert address_key(address) == address_key(ARTICLE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/news?id=1", "https://example.com/news?id=2"),
        # on old systems these parameters are the article's number, not a campaign
        ("https://example.com/n.aspx?cid=1", "https://example.com/n.aspx?cid=2"),
        ("https://example.com/n.aspx?uid=7", "https://example.com/n.aspx"),
        ("https://example.com/g.aspx?gid=1", "https://example.com/g.aspx?gid=2"),
        ("https://sport.example.com/1", "https://example.com/1"),
        ("https://example.com/a/b", "https://example.com/a%2Fb"),
        ("https://example.com/خبر", "https://example.com/خبز"),
        ("https://example.com/?p=1", "https://example.com/"),
        ("http://example.com:8080/1", "http://example.com/1"),
        ("https://m.com/1", "https://com/1"),
        ("https://example.com/m/1", "https://example.com/1"),  # a section may be called so
        ("https://example.com/1?page=2", "https://example.com/1"),
        ("https://example.com/view/1?m=2", "https://example.com/view/1?m=1"),
        ("https://example.com/خبر", "https://example.com/خبر-2"),
    ],
)
def test_addresses_of_different_articles_have_different_keys(one, other):
    assert address_key(one) != address_key(other)


def test_order_of_parameters_makes_no_difference():
    assert address_key("https://example.com/?a=1&b=2") == address_key("https://example.com/?b=2&a=1")


def test_a_path_in_an_old_encoding_keeps_its_bytes():
    assert canonical_address("http://example.com/%c7%e1?q=1") == "http://example.com/%C7%E1?q=1"


def test_canonical_address_can_be_fetched():
    assert canonical_address("HTTPS://WWW.Example.com:443/دز/?utm_source=x&id=3#top") == (
        f"https://www.example.com/{quote('دز')}/?id=3"
    )


@given(st.text(max_size=80))
def test_any_text_has_a_key_and_one_canonical_form(text):
    once = canonical_address(text)
    assert canonical_address(once) == once
    assert len(address_key(text)) == KEY_BYTES


@given(st.text(st.characters(codec="utf-8", exclude_characters="?#/\\%;"), min_size=1, max_size=30))
def test_encoding_a_path_does_not_change_the_article(segment):
    plain = f"https://example.com/s-{segment}-e"
    encoded = f"https://example.com/{quote(f's-{segment}-e')}"
    assert unquote(encoded) == plain
    # urlsplit drops tabs and line breaks from addresses (WHATWG); in an encoded path they are data
    if not any(char in segment for char in "\t\r\n"):
        assert address_identity(plain) == address_identity(encoded)


# --- any article in any spelling

LETTERS = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةىabc0123456789-_", min_size=1, max_size=12)
SEGMENT = LETTERS.filter(lambda text: text.strip("-_") and text not in {"amp", "index"})
PATHS = st.lists(SEGMENT, min_size=1, max_size=4).map("/".join)
TRACKING = st.sampled_from(
    ["utm_source=x", "utm_campaign=الحملة", "fbclid=1", "gclid=a", "_ga=2", "at_medium=RSS", "xtor=3"]
)


@st.composite
def spellings(draw, path, number):
    """An address of the article that has this path, and this number in its query."""
    path = draw(st.sampled_from([str, quote, lambda text: quote(text).lower()]))(
        unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), path)
    )
    edition = draw(st.sampled_from(["", "/", "/amp", "/amp/", "/index.html"]))
    query = [f"id={number}", "lang=ar", *draw(st.lists(TRACKING, max_size=3))]
    if draw(st.booleans()):
        query.append(draw(st.sampled_from(["amp=1", "amp", "outputType=amp", "m=1"])))
    query = draw(st.permutations(query))
    scheme, fragment = draw(st.sampled_from(["http", "https", "HTTPS"])), draw(st.sampled_from(["", "#c", "#تعليق"]))
    host = draw(st.sampled_from(["example.com", "www.example.com", "m.example.com", "AMP.Example.com", "example.com."]))
    return f"{scheme}://{host}/{path}{edition}?{'&'.join(query)}{fragment}"


@given(st.data(), PATHS, st.integers(0, 99), st.integers(0, 99))
def test_an_article_has_one_key_in_all_its_spellings_and_another_has_another(data, path, number, other):
    key = address_key(f"https://example.com/{path}?id={number}&lang=ar")
    address = data.draw(spellings(path, number))
    assert address_key(address) == key
    assert address_key(canonical_address(address)) == key
    assert (address_key(data.draw(spellings(path, other))) == key) == (other == number)
    assert address_key(data.draw(spellings(f"{path}-x", number))) != key
