"""The JSON: typed, described, and the same as the pages."""

import argparse
import json

import pytest
from bson.binary import Binary
from fastapi.openapi.models import OpenAPI

from crawler.filtering import add_filters
from crawler.items import Article
from crawler.room.app import create_app
from tests.room import seeding
from tests.room.conftest import Client


@pytest.fixture(scope="module")
def schema(ask):
    return ask.get("/api/openapi.json").json()


def resolve(schema, rule):
    while "$ref" in rule:
        rule = schema["components"]["schemas"][rule["$ref"].rsplit("/", 1)[-1]]
    return rule


def test_the_description_is_openapi_and_describes_every_call(schema):
    described = OpenAPI.model_validate(schema)
    assert described.openapi.startswith("3.1")
    assert set(schema["paths"]) == {
        "/api/search",
        "/api/article",
        "/api/articles/{article_id}",
        "/api/articles/{article_id}/history",
        "/api/articles/{article_id}/story",
        "/api/articles/{article_id}/reads",
        "/api/stats",
        "/api/sites",
        "/api/sites/{name}",
        "/api/health",
        "/api/crawls",
        "/api/crawls/{crawl_id}",
    }
    for path, methods in schema["paths"].items():
        assert list(methods) == ["get"], path
        assert methods["get"]["description"]
        for one in methods["get"].get("parameters", []):
            assert one.get("description") or one["schema"].get("description"), (path, one)
    references = set(json.dumps(schema).split('"#/components/schemas/')[1:])
    assert all(one.split('"')[0] in schema["components"]["schemas"] for one in references)


def test_the_reference_page_tells_every_call_parameter_and_field(ask, schema):
    page = ask.get("/api/docs", params={"lang": "en"}).text
    for path, methods in schema["paths"].items():
        assert f"GET {path}" in page
        for one in methods["get"].get("parameters", []):
            assert f"<code>{one['name']}</code>" in page
    for name, model in schema["components"]["schemas"].items():
        assert f'id="{name}"' in page
        assert all(f"<code>{field}</code>" in page for field in model["properties"])


def test_the_search_is_described_by_the_filters_that_it_reads(schema):
    from crawler.room.asked import FILTERS

    told = {one["name"] for one in schema["paths"]["/api/search"]["get"]["parameters"]}
    assert told == {"q", *FILTERS, "sort", "after", "limit"}


def test_the_search_has_every_filter_of_the_command_line():
    """`scrapy search`'s, but for those that the room has by another name: words are `q`."""
    from crawler.room.asked import FILTERS

    parser = argparse.ArgumentParser()
    add_filters(parser)
    assert {action.dest for action in parser._actions} - {"help", "words"} == set(FILTERS)


def test_an_article_is_its_record_and_what_is_known_of_it(ask, id_of, schema):
    answer = ask.get(f"/api/articles/{id_of(seeding.EDITED)}").json()
    record = list(seeding.edited())[-1].record()
    assert {name: answer[name] for name in Article.field_names() if name != "fetched_at"} == {
        name: value for name, value in record.items() if name != "fetched_at"
    }
    assert answer["number"] == 3
    assert answer["warc"] == {"file": "elmassa/2026-02/elmassa-0001.warc.gz", "offset": 1_204_331}
    assert answer["story"] is None
    fields = schema["components"]["schemas"]["StoredArticle"]["properties"]
    assert set(answer) == set(fields)


def test_an_article_is_found_by_any_spelling_of_its_address(ask, id_of):
    for address in ("http://m.el-massa.com/dz/edited/?utm_source=x", id_of(seeding.EDITED), "el-massa.com/dz/edited"):
        assert ask.get("/api/article", params={"address": address}).json()["id"] == id_of(seeding.EDITED)


def test_the_history_gives_back_every_version(ask, id_of):
    answer = ask.get(f"/api/articles/{id_of(seeding.EDITED)}/history").json()
    assert [one["number"] for one in answer["versions"]] == [3, 2, 1]
    assert [one["is_current"] for one in answer["versions"]] == [True, False, False]
    bodies = [one["body"] for one in answer["versions"]]
    texts = list(dict.fromkeys(one.body for one in seeding.edited()))
    assert bodies == texts[::-1]
    for change, new, old in zip(answer["changes"], answer["versions"], answer["versions"][1:], strict=False):
        assert (change["from_number"], change["to_number"]) == (old["number"], new["number"])
        for field in change["fields"]:
            if None in field["paragraphs"]:
                continue  # parts without a change are left out
            for name, version, left_out in (("before", old, "added"), ("after", new, "removed")):
                lines = ["".join(s["text"] for s in line if s["kind"] != left_out) for line in field["paragraphs"]]
                assert "\n\n".join(filter(None, lines)) == version[field["field"]], name


def test_the_reads_are_a_curve(ask, id_of):
    answer = ask.get(f"/api/articles/{id_of(seeding.EDITED)}/reads").json()
    (curve,) = answer["curves"]
    assert curve["url"] == seeding.EDITED
    assert [one["count"] for one in curve["readings"]] == [40, 310, 1250, 2600, 3480]
    assert [one["gained"] for one in curve["readings"]] == [None, 270, 940, 1350, 880]
    assert answer["read_count"] == 3480
    assert answer["read_growth"] == 880 / 8 == curve["readings"][-1]["growth"]


def test_the_story_is_in_order_of_publication(ask, id_of):
    answer = ask.get(f"/api/articles/{id_of(seeding.COPIED)}/story").json()
    assert [one["site"] for one in answer["copies"]] == ["elmassa", "ennahar", "okaz", "alghad"]
    assert [one["is_first"] for one in answer["copies"]] == [True, False, False, False]
    assert answer["total"] == 4
    alone = ask.get(f"/api/articles/{id_of(seeding.EDITED)}/story").json()
    assert (alone["total"], alone["copies"], alone["story"]) == (0, [], None)


def test_stats_sites_and_crawls_agree(ask):
    stats, sites = ask.get("/api/stats").json(), ask.get("/api/sites").json()
    assert stats["articles"] == sum(one["articles"] for one in sites)
    assert stats["sites"] == sum(one["articles"] > 0 for one in sites) > 4
    assert (stats["edited"], stats["copies"], stats["gone"]) == (1, 3, 1)
    assert 0 < stats["fill"]["authors"] < 1
    assert stats["fill"]["published_at"] == 1
    one = ask.get("/api/sites/elmassa").json()
    assert one in sites
    assert (one["name_ar"], one["name_en"], one["country"]) == ("المساء", "El Massa", "dz")
    runs = ask.get("/api/crawls").json()
    assert [one["started_at"] for one in runs] == sorted((one["started_at"] for one in runs), reverse=True)
    assert len(runs) == len(seeding.CRAWLS)
    assert {one["site"] for one in ask.get("/api/crawls", params={"site": "elmassa"}).json()} == {"elmassa"}
    assert ask.get("/api/crawls", params={"failed": "true"}).json()
    detail = ask.get(f"/api/crawls/{runs[1]['id']}").json()
    assert detail["reasons"] == {"failed": {"http_404": 3, "timeout": 1}}
    assert detail["notes"]


def test_an_article_with_an_earlier_version_counts_once_as_edited_wherever_it_came_from(database, sites):
    """An archive's earlier versions are numbered down from 0."""
    numbers = {b"a" * 16: (1, 2, 3), b"b" * 16: (0,), b"c" * 16: (-1, 0, 1)}
    database.revisions.insert_many(
        {"article": Binary(article), "number": number, "title": "عنوان", "body": "نص"}
        for article, own in numbers.items()
        for number in own
    )
    client = Client(create_app(database, sites))
    assert client.get("/api/stats").json()["edited"] == 3


def test_the_state_of_the_sites_is_told_the_worst_first(ask):
    answer = ask.get("/api/health").json()
    assert [one["site"] for one in answer] == ["youm7", "elmassa", "ennahar", "okaz"]
    assert [one["state"] for one in answer] == ["alarmed", "ok", "ok", "ok"]
    assert [one["check"] for one in answer[0]["alarms"]] == ["forbidden"]
    page = ask.get("/crawls", params={"lang": "en"}).text
    assert page.count(">alarm</span>") == 1
    assert "forbidden: 9 of 9 pages were refused (403) &lt;b&gt;all&lt;/b&gt;" in page


def test_a_mistyped_parameter_is_not_passed_over(ask):
    answer = ask.get("/api/search", params={"auther": "كريم"})
    assert answer.status_code == 422
    assert answer.json() == {"error": "auther: no parameter has this name, see /api/docs"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/articles/xyz", 404),
        (f"/api/articles/{'0' * 32}/reads", 404),
        ("/api/article?address=nowhere.example/x", 404),
        ("/api/article", 422),
        ("/api/sites/none", 404),
        ("/api/crawls/none", 404),
        ("/api/crawls?site=none", 404),
        ("/api/crawls?limit=0", 422),
        ("/api/crawls?failed=perhaps", 422),
        ("/api/nothing", 404),
    ],
)
def test_a_mistake_is_one_line_of_json(ask, path, status):
    answer = ask.get(path)
    assert answer.status_code == status
    assert list(answer.json()) == ["error"]
    assert answer.json()["error"].count("\n") == 0
