"""Asking the collection from Python."""

import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest
from bson.binary import Binary
from pymongo import AsyncMongoClient

from crawler.errors import UserError
from crawler.identity import identify
from crawler.items import Article
from crawler.store import Collection, Filters
from crawler.store.documents import to_document
from crawler.store.orders import SORTS
from crawler.store.renewal import renew_searched
from crawler.store.schema import prepare
from tests.conftest import ROOT

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def article(number, **fields):
    defaults = {
        "url": f"https://www.example.com/dz/{number}",
        "title": f"عنوان {number}",
        "body": "أكد الوزير أن الأشغال تنتهي في آجالها.",
        "site": "example",
        "country": "dz",
        "fetched_at": NOON,
        "published_at": NOON - timedelta(hours=number),
    }
    return Article(**(defaults | fields))


def document(one, **fields):
    identity = identify(one)
    bookkeeping = {"_id": Binary(identity.key), "number": 1, "first_seen": NOON, "last_seen": NOON, "aliases": []}
    return to_document(one, identity) | bookkeeping | fields


@pytest.fixture
def stored(database):
    """Store articles; the collection of them."""

    def store(*documents):
        if documents:
            database.articles.insert_many(documents)
        return Collection(database)

    return store


def titles(page):
    return [found.article.title for found in page]


def found(collection, text="", **options):
    sort = options.pop("sort", "newest")
    return titles(collection.search(Filters(text=text, **options), sort=sort, limit=50))


def pages(collection, filters, sort, limit):
    """All titles, page after page."""
    seen, after = [], None
    while True:
        page = collection.search(filters, sort=sort, limit=limit, after=after)
        assert len(page) <= limit
        seen += titles(page)
        after = page.next
        if after is None:
            return seen


# --- words


def test_words_are_found_in_any_form_in_any_part_of_the_text(stored):
    collection = stored(
        document(article(1, title="أخبار الولاية")),
        document(article(2, kicker="وبالأخبار")),
        document(article(3, summary="خبر عاجل")),
        document(article(4, body="قرأ أخبارها كلها")),
        document(article(5, title="إخفاق")),
    )
    assert found(collection, "الاخبار") == ["أخبار الولاية", "عنوان 2", "عنوان 3", "عنوان 4"]
    assert found(collection, "أخبار ولايات") == ["أخبار الولاية"]
    assert found(collection, "أخبار -ولاية -عاجل") == ["عنوان 2", "عنوان 4"]
    assert found(collection, "-أخبار") == ["إخفاق"]


def test_a_phrase_is_its_words_one_after_another_in_one_part(stored):
    collection = stored(
        document(article(1, body="اجتمع مَجلِس الأَمن أمس")),
        document(article(2, body="الأمن في مجلس")),
        document(article(3, title="مجلس", body="الأمن")),
        document(article(4, title="مجلس الامن يجتمع")),
    )
    assert found(collection, '"مجلس الأمن"') == ["عنوان 1", "مجلس الامن يجتمع"]
    assert found(collection, 'title:"مجلس الأمن"') == ["مجلس الامن يجتمع"]
    assert found(collection, 'مجلس -"مجلس الأمن"') == ["عنوان 2", "مجلس"]


def test_each_prefix_and_each_filter(stored):
    collection = stored(
        document(article(1, authors=["أسماء يحياوي"], section="الحدث", agency="APS", read_count=458)),
        document(article(2, author_initials="ق/ د", site="other", country="eg", section="Économie")),
        document(article(3, title="أسماء", published_at=None, language="fr", read_count=10)),
        document(article(4), gone_at=NOON, story=Binary(b"s" * 16)),
    )
    assert found(collection, "author:اسماء") == found(collection, author="يحياوي أسماء") == ["عنوان 1"]
    assert found(collection, 'author:"أسماء يحياوي"') == ["عنوان 1"]
    assert found(collection, "title:أسماء") == ["أسماء"]
    assert found(collection, "section:الحدث") == found(collection, section="الحَدث") == ["عنوان 1"]
    assert found(collection, section="economie") == ["عنوان 2"]
    assert found(collection, "agency:aps") == found(collection, agency="aps") == ["عنوان 1"]
    assert found(collection, "site:other") == found(collection, sites=("other",)) == ["عنوان 2"]
    assert found(collection, "country:EG") == found(collection, countries=("eg", "sa")) == ["عنوان 2"]
    assert found(collection, "-country:eg -title:أسماء") == ["عنوان 1", "عنوان 4"]
    assert found(collection, initials="ق د") == found(collection, initials="ق.د") == ["عنوان 2"]
    assert found(collection, languages=("fr",)) == ["أسماء"]
    assert found(collection, min_reads=11) == ["عنوان 1"]
    assert found(collection, is_gone=True) == found(collection, story=b"s" * 16) == ["عنوان 4"]
    assert found(collection, is_gone=False) == ["عنوان 1", "عنوان 2", "أسماء"]
    assert found(collection, since=NOON - timedelta(hours=2), until=NOON - timedelta(hours=1)) == ["عنوان 2"]


def test_articles_of_an_earlier_version_are_counted_and_renewed(stored, database):
    old = document(article(1, title="أخبار"))
    for name in ("terms_v", "title_terms", "author_terms", "words"):
        del old[name]
    collection = stored(old | {"terms": ["اخبار"]}, document(article(2, title="أخبار")))
    assert collection.count_stale() == 1
    assert found(collection, "title:خبر") == ["أخبار"]
    assert list(renew_searched(database)) == [1]
    assert collection.count_stale() == 0
    assert found(collection, "title:خبر") == ["أخبار", "أخبار"]
    assert database.articles.find_one({"title_terms": "خبر"})["words"] == 7


# --- order and pages


def mixed(count=42):
    """Articles with equal dates and without, with equal counters and without, in no order."""

    def one(number, *values):
        return values[number * 7919 % 97 % len(values)]

    return [
        document(
            article(
                number,
                title=one(number, "خبر", "وزير", "خبر الوزير", "غير ذلك") + f" {number}",
                body="خبر عن الوزير",
                published_at=one(number + 1, None, *(NOON - timedelta(days=day) for day in range(5))),
                read_count=one(number + 2, None, 0, 5, 5, 70),
            ),
            read_growth=one(number + 3, None, 0.5, 2.25),
            story=one(number + 4, None, *(Binary(bytes([i]) * 16) for i in range(8))),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("unique", [False, True])
def test_pages_of_any_size_show_every_article_once_in_one_order(stored, sort, unique):
    collection = stored(*mixed())
    filters = Filters(text="خبر وزير", unique=unique)
    whole = pages(collection, filters, sort, 100)
    assert len(whole) == len(set(whole)) == collection.count(filters)
    assert all(pages(collection, filters, sort, limit) == whole for limit in (2, 7))
    if not unique:
        assert len(whole) == 42


def expected(documents, sort):
    """The order by plain sorting."""
    dates = {one["title"]: one["published_at"] for one in documents}

    def newest(one):
        date = dates[one["title"]]
        return date is None, -(date.timestamp() if date else 0), bytes(one["_id"])

    def oldest(one):
        date = dates[one["title"]]
        return date is None, date.timestamp() if date else 0, bytes(one["_id"])

    def by(field):
        return lambda one: (
            (0, -one[field], bytes(one["_id"])) if one.get(field) is not None else (1, 0, b"", newest(one))
        )

    keys = {"newest": newest, "oldest": oldest, "reads": by("read_count"), "growth": by("read_growth")}
    return [one["title"] for one in sorted(documents, key=keys[sort])]


@pytest.mark.parametrize("sort", [sort for sort in SORTS if sort != "relevance"])
def test_the_order_is_what_it_says_and_what_has_no_value_comes_last(stored, sort):
    documents = mixed()
    assert pages(stored(*documents), Filters(), sort, 13) == expected(documents, sort)


def test_one_of_each_story_is_the_first_that_matches_in_this_order(stored):
    story = Binary(b"s" * 16)
    collection = stored(
        document(article(1, title="الأولى", read_count=1), story=story),
        document(article(2, title="الثانية", read_count=9, site="other"), story=story),
        document(article(3, title="الثالثة", read_count=5, body="خاص"), story=story),
        document(article(4, title="وحدها")),
    )
    assert found(collection, unique=True) == ["الأولى", "وحدها"]
    assert found(collection, unique=True, sort="oldest") == ["وحدها", "الثالثة"]
    assert found(collection, unique=True, sort="reads") == ["الثانية", "وحدها"]
    assert found(collection, unique=True, sites=("other",)) == ["الثانية"]
    assert found(collection, "خاص", unique=True) == ["الثالثة"]
    assert collection.count(Filters(unique=True)) == 2
    assert [one["title"] for one in collection.documents(Filters(unique=True), fields=["title"])] == [
        "الثالثة",
        "وحدها",
    ]


def test_relevance_puts_headlines_first_the_rarer_word_before_the_commoner(stored):
    body = "نادر شائع"
    many = [document(article(100 + i, title=f"حشو {i}", body="شائع")) for i in range(20)]
    collection = stored(
        *many,
        document(article(1, title="بلا", body=body)),
        document(article(2, title="الشائع", body=body)),
        document(article(3, title="النادر", body=body)),
        document(article(4, title="النادر الشائع", body=body)),
        document(article(5, title="النادر أيضا", body=body)),
    )
    order = found(collection, "نادر شائع", sort="relevance")
    assert order == ["النادر الشائع", "النادر", "النادر أيضا", "الشائع", "بلا"]
    assert found(collection, sort="relevance") == found(collection)


def test_what_is_stored_between_two_pages_neither_repeats_nor_hides_any(stored, database):
    collection = stored(*(document(article(number)) for number in range(10)))
    first = collection.search(limit=5)
    database.articles.insert_one(document(article(-1, title="أحدث")))
    database.articles.delete_one({"title": "عنوان 4"})
    second = collection.search(limit=5, after=first.next)
    assert titles(first) + titles(second) == [f"عنوان {number}" for number in range(10)]
    assert second.next is None


@pytest.mark.parametrize("token", ["", "x", "WyJuZXdlc3QiXQ", "é", "A" * 4000, "bnVsbA"])
def test_a_damaged_token_is_told_in_a_line(stored, token):
    with pytest.raises(UserError, match="token is damaged"):
        stored().search(after=token)


def test_a_token_of_another_question_or_order_is_refused(stored):
    collection = stored(*(document(article(number)) for number in range(5)))
    token = collection.search(limit=2).next
    for filters, sort in ((Filters(text="وزير"), "newest"), (Filters(), "oldest"), (Filters(unique=True), "newest")):
        with pytest.raises(UserError, match="another question"):
            collection.search(filters, sort=sort, after=token)
    later = Filters(since=NOON - timedelta(days=30))  # a period that moves with the clock is the same question
    token = collection.search(later, limit=2).next
    assert len(collection.search(Filters(since=NOON - timedelta(days=31)), after=token)) == 3


# --- what is shown


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda collection: collection.search(sort="newst"), "no order is called 'newst': there are newest, oldest"),
        (lambda collection: collection.search(limit=0), "limit=0: ask for at least 1"),
        (lambda collection: collection.stats(by="months"), "nothing is counted by 'months': there are hour, day, week"),
        (lambda _: Filters(since=datetime(2018, 1, 1)), "since=2018-01-01 00:00:00 has no time zone"),  # noqa: DTZ001 - the mistake
        (lambda _: Filters(sites="elmassa"), r"sites='elmassa' is one text, write sites=\('elmassa',\)"),
    ],
)
def test_a_mistake_in_a_program_is_told_in_a_line(stored, ask, told):
    with pytest.raises(UserError, match=told):
        ask(stored())


def test_what_was_asked_for_is_marked_in_headline_and_snippet(stored):
    body = "حشو كثير لا شأن له. " * 20 + "ثم زار الوُزَراءُ المدينةَ القديمة وعادوا. " + "حشو كثير بعده. " * 20
    collection = stored(document(article(1, title="زيارة وزير", body=body)))
    (shown,) = collection.search(Filters(text="وزير مدينة"))
    assert shown.title.pieces() == [("زيارة ", False), ("وزير", True)]
    marked = [text for text, is_marked in shown.snippet.pieces() if is_marked]
    assert marked == ["الوُزَراءُ", "المدينةَ"]
    assert shown.snippet.text.startswith("… ")
    assert shown.snippet.text.endswith(" …")
    assert len(shown.snippet.text) < 220
    assert "".join(text for text, _ in shown.snippet.pieces()) == shown.snippet.text


def test_the_record_comes_back_in_the_offset_that_was_printed(stored):
    printed = datetime(2018, 2, 13, 22, 18, tzinfo=timezone(timedelta(hours=1)))
    collection = stored(document(article(1, published_at=printed)))
    assert next(iter(collection.search())).article.published_at.isoformat() == "2018-02-13T22:18:00+01:00"
    assert collection.get("example.com/dz/1").published_at == printed
    assert [one.title for one in collection.iterate()] == ["عنوان 1"]


def test_a_question_that_takes_too_long_ends_in_a_line(stored, database):
    stored(*(document(article(number)) for number in range(20)))
    with pytest.raises(UserError, match="narrow it"):
        Collection(database, max_time=0.00001).search(Filters(text="الوزير"), sort="reads")


@pytest.fixture
def indexed(mongod_uri, database):
    """The database has the collections' indexes."""

    async def prepared():
        async with AsyncMongoClient(mongod_uri) as client:
            await prepare(client[database.name])

    asyncio.run(prepared())


@pytest.mark.usefixtures("indexed")
def test_a_word_is_answered_from_its_index_in_order(stored):
    collection = stored(*(document(article(n, title=f"قمة {n}" if n % 10 == 0 else f"حشو {n}")) for n in range(400)))
    query = {"$and": [Filters(text="القمة").query(), {"published_at": {"$type": "date"}}]}
    plan = collection.articles.find(query).sort("published_at", -1).limit(20).explain()
    assert plan["executionStats"]["totalDocsExamined"] == 20
    assert "terms_published" in str(plan["queryPlanner"]["winningPlan"])


def test_importing_the_store_costs_nothing_until_something_is_taken_from_it():
    script = "import sys, crawler.store; print('pymongo' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("filters", "index"), [(Filters(min_reads=1000), "reads"), (Filters(is_gone=True), "gone")], ids=["reads", "gone"]
)
@pytest.mark.usefixtures("indexed")
def test_what_few_articles_have_is_found_by_its_index(stored, filters, index):
    collection = stored(*(document(article(number, read_count=number)) for number in range(50)))
    plan = collection.articles.find(filters.query()).explain()["queryPlanner"]["winningPlan"]
    assert plan["inputStage"]["indexName"] == index, plan
