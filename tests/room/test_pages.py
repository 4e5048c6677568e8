"""The pages: what they show, in both languages, of a collection with hostile and odd things in it."""

import re
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest

from crawler.room.app import create_app
from tests.room import seeding
from tests.room.conftest import Client

LANGUAGES = {"ar": "rtl", "en": "ltr"}


def page(ask, path, **parameters):
    answer = ask.get(path, params=parameters or None)  # httpx drops a query for an empty one
    assert answer.status_code == 200, (path, answer.text)
    return lxml.html.fromstring(answer.text)


def text(element):
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def paths(ask, id_of):
    """Every kind of page."""
    run = ask.get("/api/crawls").json()[0]["id"]
    articles = [f"/articles/{id_of(url)}" for url in (seeding.EDITED, seeding.COPIED, seeding.GONE, seeding.HOSTILE)]
    lists = ["/", "/search", "/search?q=الطريق", "/sites", "/sites/elmassa", "/sites/okaz", "/crawls"]
    articles.append(f"/articles/{id_of('https://www.okaz.com.sa/local/wire')}/against/{id_of(seeding.COPIED)}")
    return [*lists, "/crawls?failed=1", f"/crawls/{run}", "/api/docs", *articles]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_in_its_language_and_keeps_it_in_its_links(ask, paths, language):
    for path in paths:
        answer = ask.get(path, params={**parse_qs(urlsplit(path).query), "lang": language})
        assert answer.status_code == 200, path
        tree = lxml.html.fromstring(answer.text)
        assert (tree.get("lang"), tree.get("dir")) == (language, LANGUAGES[language])
        assert answer.headers["content-language"] == language
        assert len(tree.xpath("//h1")) == 1, path
        for one in tree.xpath("//a[starts-with(@href, '/')]"):
            if (
                one.get("class") != "switch"
                and not one.get("href").startswith("/api/a")
                and ".json" not in one.get("href")
            ):
                assert ("lang=en" in one.get("href")) == (language == "en"), (path, one.get("href"))
        (switch,) = tree.xpath("//a[@class='switch']/@href")
        assert ("lang=en" in switch) == (language == "ar")


def test_every_link_within_the_room_leads_somewhere(ask, paths):
    seen = set()
    for path in paths:
        for href in page(ask, path).xpath("//a/@href | //link/@href | //script/@src"):
            if href.startswith("/") and "/sites/" not in href:
                seen.add(href)
    assert len(seen) > 60
    for href in sorted(seen):
        assert ask.get(href).status_code in {200, 303}, href


def test_every_link_out_of_it_tells_the_paper_nothing(ask, paths):
    outward = [link for path in paths for link in page(ask, path).xpath("//a[contains(@href, '//')]")]
    assert outward
    for link in outward:
        assert link.get("href").startswith(("https://", "http://"))
        assert set(link.get("rel").split()) >= {"noopener", "nofollow", "noreferrer"}


def test_nothing_is_loaded_but_the_rooms_own_files(ask, paths):
    for path in paths:
        tree = page(ask, path)
        loaded = tree.xpath(
            "//script/@src | //link/@href | //img/@src | //iframe/@src | //object/@data | //source/@src"
        )
        assert loaded
        assert all(address.startswith("/static/") for address in loaded)
        assert not tree.xpath("//img | //iframe | //object | //embed | //style | //script[not(@src)] | //*[@style]")


def test_hostile_text_stays_text(ask, paths, id_of):
    for path in [*paths, "/search?q=خطر", "/search?q=<script>alert(1)</script>"]:
        body = ask.get(path).text
        assert "<script>alert" not in body
        assert "<svg onload" not in body
        assert "<img" not in body
        assert "\u202e" not in body
        tree = lxml.html.fromstring(body)
        assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
        assert not [link for link in tree.xpath("//@href | //@action | //@src") if "javascript:" in link]
    tree = page(ask, f"/articles/{id_of(seeding.HOSTILE)}")
    assert text(tree.xpath("//h1")[0]) == seeding.HOSTILE_TITLE.replace("\u202e", "")
    assert "{{ 7 * 7 }}" in text(tree.xpath("//section[@class='body']")[0])
    assert seeding.HOSTILE in tree.xpath("//a[@class='outward']/@href")  # in place of the address that it gives itself


def test_hostile_parameters_are_shown_and_do_nothing(ask):
    evil = '"><script>alert(1)</script>'
    for name in (
        "q",
        "site",
        "country",
        "section",
        "author",
        "agency",
        "since",
        "until",
        "min_reads",
        "sort",
        "after",
        "lang",
        "limit",
    ):
        answer = ask.get("/search", params={name: evil})
        assert answer.status_code in {200, 400}, name
        assert "<script>alert" not in answer.text


@pytest.mark.parametrize("path", ["//evil.example/x", "/%2Fevil.example/x", "///evil.example"])
def test_no_path_makes_a_link_that_leads_to_another_machine(ask, path):
    answer = ask.get(f"http://127.0.0.1:8000{path}")
    assert answer.status_code == 404
    (switch,) = lxml.html.fromstring(answer.text).xpath("//a[@class='switch']/@href")
    assert urlsplit(switch).netloc == ""


def test_an_article_shows_its_text_and_what_is_known_of_it(ask, id_of):
    tree = page(ask, f"/articles/{id_of(seeding.EDITED)}", lang="en")
    assert text(tree.xpath("//h1")[0]) == "عين الصفصاف: أشغال التهيئة تنطلق في 17 شارعا"
    assert tree.xpath("//h1/@lang") == ["ar"]
    assert tree.xpath("//h1/@dir") == ["rtl"]
    assert len(tree.xpath("//section[@class='body']/p")) == 4
    details = {text(row.find("dt")): text(row.find("dd")) for row in tree.xpath("//dl[@class='details']/div")}
    assert details["Published"] == "19 February 2026, 23:00 UTC\u2066+1\u2069"  # by Algiers' clock
    assert details["Date as printed"] == "الخميس 19 فيفري 2026"
    assert details["Initials"] == "ك. ب"
    assert details["Reads"].startswith("3,480")
    assert details["Archived page (WARC)"] == "elmassa/2026-02/elmassa-0001.warc.gz, from byte 1,204,331"
    assert details["Id"] == id_of(seeding.EDITED)


def test_an_article_shows_what_each_version_changed(ask, id_of):
    tree = page(ask, f"/articles/{id_of(seeding.EDITED)}", lang="en")
    newest, first = tree.xpath("//details[@class='version']")
    assert text(newest.find("summary")).startswith("From version 2 to 3")
    added = [text(one) for one in newest.xpath(".//ins")]
    assert any("340 مليون دينار" in one for one in added)
    assert "removed عدة أشهر" in [text(one) for one in newest.xpath(".//del")]
    assert [text(one) for one in first.xpath(".//del")] == ["removed 12"]
    assert [text(one) for one in first.xpath(".//ins")] == ["added 17"]
    unchanged = page(ask, f"/articles/{id_of(seeding.GONE)}", lang="en")
    assert "has not changed" in text(unchanged.xpath("//section[@aria-labelledby='versions']")[0])


def test_a_word_that_took_anothers_place_is_a_word_of_its_own(ask, id_of):
    """Letters join across elements: without a space the removed word would lose the form of its last letter."""
    compared = f"/articles/{id_of('https://alghad.com/story/wire')}/against/{id_of(seeding.COPIED)}"
    for path in (compared, f"/articles/{id_of(seeding.EDITED)}"):
        changed = page(ask, path, lang="en").xpath("//del[following-sibling::*[1][self::ins]]")
        assert changed
        assert [text(one) for one in changed if not one.tail] == []


def test_an_article_shows_how_often_it_was_read_over_time(ask, id_of):
    for language, first in (("ar", "1000.0"), ("en", "0.0")):  # time runs as the language does
        tree = page(ask, f"/articles/{id_of(seeding.EDITED)}", lang=language)
        (line,) = tree.xpath("//path[@class='line']/@d")
        assert line.startswith(f"M{first} ")
        assert line.count("L") == 4
        rows = tree.xpath("//figure//tbody/tr")
        assert [text(row[1]) for row in rows] == ["40", "310", "1,250", "2,600", "3,480"]
        assert [text(row[2]) for row in rows] == ["", "+270", "+940", "+1,350", "+880"]
    assert "not read more than once" in text(page(ask, f"/articles/{id_of(seeding.GONE)}", lang="en"))
    tree = page(ask, "/", lang="en")
    assert text(tree.xpath("//section[@aria-labelledby='growing']//li//span[@class='figure']")[0]) == "110.0 an hour"


def test_an_article_shows_the_copies_of_its_story_in_order_of_publication(ask, id_of):
    tree = page(ask, f"/articles/{id_of('https://www.okaz.com.sa/local/wire')}", lang="en")
    copies = [text(one) for one in tree.xpath("//ol[@class='copies']//span[@class='site']")]
    assert copies == ["El Massa", "Ennahar Online", "Okaz", "Al Ghad"]
    assert "This is a copy" in text(tree.xpath("//p[@class='banner']")[0])
    assert f"/articles/{id_of(seeding.COPIED)}?lang=en" in tree.xpath("//p[@class='banner']/a/@href")


def test_a_copy_is_compared_with_the_first_printing(ask, id_of):
    tree = page(ask, f"/articles/{id_of(seeding.COPIED)}", lang="en")
    told = [text(one) for one in tree.xpath("//ol[@class='copies']/li")]
    assert "published first" in told[0]
    assert "word for word" in told[1]
    assert "of the first" in told[2]
    links = tree.xpath("//ol[@class='copies']//a[contains(@href, '/against/')]/@href")
    assert len(links) == 3
    compared = page(ask, links[1])
    assert next(text(one) for one in compared.xpath("//ins")) == "added غدا"
    assert "The same text" in text(page(ask, links[0]))
    assert ask.get(f"/articles/{id_of(seeding.COPIED)}/against/{'0' * 32}").status_code == 404


def test_an_article_that_its_site_has_taken_down_says_so(ask, id_of):
    tree = page(ask, f"/articles/{id_of(seeding.GONE)}", lang="en")
    assert "gone from the paper's site" in text(tree.xpath("//p[@class='banner']")[0])


def test_every_picture_has_its_table(ask, id_of):
    for path in ("/", f"/articles/{id_of(seeding.EDITED)}"):
        for figure in page(ask, path).xpath("//figure"):
            (picture,) = figure.xpath(".//svg[@role='img']")
            assert picture.get("aria-label")
            assert picture.xpath(".//*[local-name()='title']")
            assert len(figure.xpath(".//table//tr")) > 2


def test_the_days_of_the_front_page_add_up(ask):
    (table,) = page(ask, "/", lang="en").xpath("//figure//table")
    rows = [[text(cell) for cell in row] for row in table.xpath(".//tbody/tr")]
    assert len(rows) == 30
    for row in rows:
        assert sum(int(cell) for cell in row[1:-1]) == int(row[-1])
    told = ask.get("/api/stats").json()
    assert sum(int(row[-1]) for row in rows) == sum(one["articles"] for one in told["days"]) == told["articles"]


def test_the_front_page_lists_the_newest_and_the_most_read(ask):
    tree = page(ask, "/", lang="en")
    reads = [
        int(text(one).split()[0].replace(",", ""))
        for one in tree.xpath("//section[@aria-labelledby='read']//span[@class='figure']")
    ]
    assert len(reads) == 10
    assert reads == sorted(reads, reverse=True)
    times = tree.xpath("//section[@aria-labelledby='newest']//time/@datetime")
    assert len(times) == 10


def test_an_empty_collection_says_what_to_do(database, sites):
    client = Client(create_app(database, sites))
    assert "scrapy crawl elmassa" in client.get("/").text
    for path in (
        "/search",
        "/search?q=كلمة",
        "/sites",
        "/sites/elmassa",
        "/crawls",
        "/api/stats",
        "/api/search",
        "/api/sites",
    ):
        assert client.get(path).status_code == 200, path
    assert "Nothing found" in client.get("/search?lang=en&q=كلمة").text


@pytest.mark.parametrize(
    ("reason", "told", "kind"),
    [
        ("closespider_timeout", "reached its limit of time", "ok"),  # so a scheduled crawl ends that goes on later
        ("asked_to_wait", "the site asked to wait", "bad"),
        ("of_tomorrow", "of_tomorrow", "bad"),
    ],
)
def test_how_a_run_ended_is_told_in_words(database, sites, reason, told, kind):
    database.crawls.insert_one(next(seeding.crawls()) | {"reason": reason})
    tree = page(Client(create_app(database, sites)), "/crawls", lang="en")
    (end,) = tree.xpath("//section[@aria-labelledby='runs']//span[contains(@class, 'end-')]")
    assert (text(end), end.get("class")) == (told, f"end end-{kind}")


def test_runs_without_failures_are_hidden_only_when_asked_for(ask):
    rows = {
        value: len(page(ask, f"/crawls?failed={value}").xpath("//section[@aria-labelledby='runs']//tbody/tr"))
        for value in ("", "0", "false", "1", "true")
    }
    assert rows[""] == rows["0"] == rows["false"] == len(seeding.CRAWLS) > rows["1"] == rows["true"] > 0


def test_runs_of_what_is_no_newspaper_have_a_page_too(database, sites):
    """An import of archives is a run of `archive`, which has no articles of its own."""
    database.crawls.insert_one(next(seeding.crawls()) | {"site": "archive"})
    client = Client(create_app(database, sites))
    for path in ("/", "/crawls"):
        for href in page(client, path).xpath("//a[contains(@href, 'archive')]/@href"):
            assert client.get(href).status_code == 200, href
    assert len(page(client, "/sites/archive").xpath("//section[@aria-labelledby='runs']//tbody/tr")) == 1
    assert client.get("/crawls?site=archive").status_code == 200
    assert len(client.get("/api/crawls?site=archive").json()) == 1


# --- searching


def found(tree):
    return [text(one) for one in tree.xpath("//section[contains(@class, 'results')]//h3")]


def test_search_finds_words_in_any_form_and_marks_them(ask):
    tree = page(ask, "/search", q="الاعمار")
    assert "مجلس الأمن يبحث إعادة الإعمار في وادي الزيتون" in found(tree)
    assert "الإعمار" in [text(one) for one in tree.xpath("//mark")]


@pytest.mark.parametrize(
    ("question", "check"),
    [
        ({"q": "الطريق", "site": "elmassa"}, lambda one: one["site"] == "elmassa"),
        ({"country": "eg"}, lambda one: one["country"] == "eg"),
        ({"section": "رياضة"}, lambda one: one["section"] == "رياضة"),
        ({"author": "بوزيد"}, lambda one: "كريم بوزيد" in one["authors"]),
        ({"agency": "aps"}, lambda one: one["agency"] == "APS"),
        (
            {"since": "2026-02-19", "until": "٢٠٢٦-٠٢-١٩"},
            lambda one: "2026-02-18T2" < one["published_at"] < "2026-02-20T05",
        ),
        ({"min_reads": "٥٬٠٠٠"}, lambda one: one["read_count"] >= 5000),
        ({"q": '"مجلس الأمن" -غدا'}, lambda one: "مجلس الأمن" in one["title"]),
        ({"q": "site:okaz"}, lambda one: one["site"] == "okaz"),
        ({"site": "okaz, elmassa", "since": "2026-02-20"}, lambda one: one["site"] in {"okaz", "elmassa"}),
        ({"site": ["okaz", "elmassa"], "since": "2026-02-20"}, lambda one: one["site"] in {"okaz", "elmassa"}),
        ({"country": ["sa", "jo"], "since": "2026-02-20"}, lambda one: one["country"] in {"sa", "jo"}),
        ({"language": "ar", "q": "الصفصاف"}, lambda one: one["language"] == "ar"),
        ({"initials": "ك ب"}, lambda one: one["author_initials"] == "ك. ب"),
        ({"gone": "1"}, lambda one: one["gone_at"]),
        ({"gone": "no", "site": "ennahar", "q": "موقع"}, lambda one: not one["gone_at"]),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, dict) else "holds",
)
def test_filters_hold_on_the_page_as_in_the_json(ask, question, check):
    answer = ask.get("/api/search", params=question | {"sort": "newest"}).json()
    assert answer["total"] > 0
    assert all(check(one["article"]) for one in answer["articles"])
    told = found(page(ask, "/search", **question, sort="newest"))
    assert len(told) == len(answer["articles"])
    assert [" ".join(one["title"].split()) for one in answer["articles"] if "script" not in one["title"]] == [
        one for one in told if "script" not in one
    ]


def test_one_copy_of_each_story_when_asked_for(ask):
    question = {"q": '"مجلس الأمن"'}
    assert ask.get("/api/search", params=question).json()["total"] == 4
    assert ask.get("/api/search", params=question | {"unique": "1"}).json()["total"] == 1


def test_pages_follow_one_another_without_gap_or_repeat(ask):
    seen, path = [], "/search?lang=en&sort=oldest"
    while path:
        tree = page(ask, path)
        seen += tree.xpath("//section[contains(@class, 'results')]//h3/a/@href")
        following = tree.xpath("//a[@rel='next']/@href")
        path = following[0] if following else None
    assert len(seen) == len(set(seen)) == ask.get("/api/stats").json()["articles"]


def test_a_page_of_another_length_is_followed_by_one_as_long(ask):
    (following,) = page(ask, "/search", limit="٧", lang="en").xpath("//a[@rel='next']/@href")
    assert len(found(page(ask, following))) == 7


def test_filters_that_are_on_can_be_taken_off_one_by_one(ask):
    tree = page(ask, "/search", q="الطريق", site="elmassa", unique="1", lang="en")
    chips = {text(one): one.get("href") for one in tree.xpath("//ul[@class='chips']//a")}
    without = next(href for told, href in chips.items() if told.startswith("Source: El Massa"))
    assert "site=" not in without
    assert "unique=1" in without
    assert tree.xpath("//select[@id='site']//option[@selected]/@value") == ["elmassa"]
    assert tree.xpath("//details[contains(@class, 'filters')]/@open")


@pytest.mark.parametrize("given", ["okaz,elmassa", "hespress", "outlet.example"])
def test_the_form_keeps_sources_that_its_list_does_not_offer(ask, given):
    """Several, one without articles, an outlet that an archive brought: asked for again, they are still meant."""
    tree = page(ask, "/search", site=given, q="كلمة", lang="en")
    assert tree.xpath("//select[@id='site']//option[@selected]/@value") == [given]


def test_an_address_that_is_typed_leads_to_its_article(ask, id_of):
    mobile = seeding.EDITED.replace("www.", "m.")
    for typed in (seeding.EDITED, "el-massa.com/dz/edited/?utm_source=x", mobile):
        answer = ask.get("/search", params={"q": typed, "lang": "en"})
        assert answer.status_code == 303, typed
        assert answer.headers["location"] == f"/articles/{id_of(seeding.EDITED)}?lang=en"
    answer = ask.get("/search", params={"q": "https://www.el-massa.com/dz/none", "lang": "en"})
    assert answer.status_code == 400
    assert "No article is stored under this address" in answer.text


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ({"since": "yesterday"}, "Since is no date: yesterday"),
        ({"until": "2018-13"}, "Until is no date"),
        ({"since": "2020", "until": "2019"}, "nothing lies between"),
        ({"min_reads": "many"}, "no number: many"),
        ({"site": "elmasa"}, "No source has this name: elmasa"),
        ({"country": "xx"}, "No source is of this country: xx"),
        ({"sort": "magic"}, "No order has this name"),
        ({"sort": "م" * 9000}, "No order has this name: " + "م" * 40),
        ({"site": "okaz,elmasa"}, "No source has this name: elmasa"),
        ({"q": "site:elmasa"}, "No source has this name: elmasa"),
        ({"q": "country:xx"}, "No source is of this country: xx"),
        ({"section": "-"}, "The section names nothing: -"),
        ({"author": "!!"}, "The author names nothing: !!"),
        ({"initials": "."}, "The initials name nothing: ."),
        ({"agency": "؟"}, "The agency names nothing: ؟"),
        ({"gone": "perhaps"}, "Gone is 1 or 0: perhaps"),
        ({"unique": "perhaps"}, "One copy of each story is 1 or 0: perhaps"),
        ({"q": '"مجلس'}, "quotation mark"),
        ({"q": "titel:كلمة"}, "title:?"),
        ({"q": "كلمة " * 100}, "longer than 300"),
        ({"section": "ق" * 301}, "longer than 300"),
        ({"after": "xyz"}, "start from the first page"),
        ({"limit": "100000"}, "from 1 to 100"),
        ({"limit": "-1"}, "from 1 to 100"),
    ],
    ids=str,
)
def test_a_mistake_in_the_question_is_told_in_a_line(ask, question, line):
    answer = ask.get("/search", params=question | {"lang": "en"})
    assert answer.status_code == 400
    (told,) = lxml.html.fromstring(answer.text).xpath("//p[@role='alert']")
    assert line in text(told)
    answer = ask.get("/api/search", params=question)
    assert answer.status_code == 400
    assert line in answer.json()["error"]
    arabic = text(lxml.html.fromstring(ask.get("/search", params=question).text).xpath("//p[@role='alert']")[0])
    assert arabic.startswith("لم يُفهم السؤال.")


def test_an_empty_result_says_so(ask):
    tree = page(ask, "/search", q="كلمةلاتوجد", lang="en")
    assert found(tree) == []
    assert text(tree.xpath("//h2[@id='results']")[0]) == "Nothing found"


# --- what is not there


@pytest.mark.parametrize(
    "path", ["/nowhere", "/articles/xyz", "/articles/" + "0" * 32, "/sites/none", "/crawls/none", "/crawls?site=none"]
)
def test_what_is_not_there_is_told_in_the_readers_language(ask, path):
    answer = ask.get(path, params={**parse_qs(urlsplit(path).query), "lang": "en"})
    assert answer.status_code == 404
    assert "There is no page here" in answer.text
    assert "لا توجد صفحة هنا" in ask.get(path).text


def test_files_of_ours_may_be_kept_for_ever_and_no_others_are_served(ask):
    tree = page(ask, "/")
    for path in tree.xpath("//link/@href | //script/@src"):
        assert re.search(r"\?v=[0-9a-f]{12}$", path)
        assert "immutable" in ask.get(path).headers["cache-control"]
    assert ask.get("/").headers["cache-control"] == "no-store"
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/none.css", "/static/"):
        assert ask.get(path).status_code == 404
