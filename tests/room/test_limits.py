"""What the room may cost, and that it writes nothing."""

import asyncio

import pytest
from bson.binary import Binary
from pymongo import AsyncMongoClient, MongoClient
from pymongo.monitoring import CommandListener

from crawler.room import shelf
from crawler.room.app import create_app
from crawler.room.changes import SHOWN
from crawler.room.shown import LONGEST_TEXT
from tests.room import seeding
from tests.room.conftest import Client

EVERYTHING = (
    "/",
    "/search",
    "/search?q=الطريق",
    "/sites",
    "/sites/elmassa",
    "/crawls",
    "/api/search",
    "/api/stats",
    "/api/crawls",
)
READING = {
    "aggregate",
    "count",
    "distinct",
    "endSessions",
    "find",
    "getMore",
    "hello",
    "ismaster",
    "killCursors",
    "ping",
}


class Commands(CommandListener):
    def __init__(self):
        self.seen = []

    def started(self, event):
        self.seen.append(event.command)

    def succeeded(self, event):
        pass

    def failed(self, event):
        pass


def test_no_page_writes(mongod_uri, seeded, sites, id_of):
    commands = Commands()
    articles = [id_of(url) for url in (seeding.EDITED, seeding.COPIED, seeding.HOSTILE)]
    paths = [*EVERYTHING, "/healthz", *(f"/articles/{one}" for one in articles)]
    paths += [f"/api/articles/{articles[0]}{part}" for part in ("", "/history", "/story", "/reads")]
    with MongoClient(mongod_uri, tz_aware=True, event_listeners=[commands]) as mongo:
        client = Client(create_app(mongo[seeded], sites))
        for path in paths:
            assert client.get(path).status_code == 200, path
    names = {next(iter(command)) for command in commands.seen}
    assert names <= READING
    assert {"find", "aggregate"} <= names
    for command in commands.seen:
        for stage in command.get("pipeline", []):
            assert not {"$out", "$merge"} & set(stage)


def test_every_question_is_bounded_by_the_server(mongod_uri, seeded, sites):
    commands = Commands()
    with MongoClient(mongod_uri, tz_aware=True, event_listeners=[commands]) as mongo:
        client = Client(create_app(mongo[seeded], sites, patience=3))
        for path in EVERYTHING:
            client.get(path)
    asked = [one for one in commands.seen if next(iter(one)) in {"find", "aggregate", "count", "distinct"}]
    assert len(asked) > 20
    assert all(0 < one["maxTimeMS"] <= 3000 for one in asked)


def test_a_question_that_takes_too_long_is_told_as_such(mongod_uri, seeded, sites):
    with MongoClient(mongod_uri, tz_aware=True) as mongo:
        mongo.admin.command("ping")  # that it takes long to connect is told otherwise
        client = Client(create_app(mongo[seeded], sites, patience=1e-6))
        for path in ("/search?q=الطريق&lang=en", "/articles/" + "0" * 32 + "?lang=en", "/crawls?site=elmassa&lang=en"):
            answer = client.get(path)
            assert answer.status_code == 503, path
            assert "took too long" in answer.text
            assert answer.headers["retry-after"]
        answer = client.get("/api/search?q=الطريق")
        assert (answer.status_code, list(answer.json())) == (503, ["error"])
        assert answer.json()["error"].startswith("The question took too long. ")
        # The front page stands without the parts that were too slow.
        home = client.get("/?lang=en")
        assert home.status_code == 200
        assert "did not answer in time" in home.text
        assert "The collection is empty" not in home.text


def test_a_database_that_is_away_is_told_as_such(sites):
    address = "mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=50&connectTimeoutMS=50"
    with MongoClient(address, tz_aware=True) as mongo:
        client = Client(create_app(mongo["naba"], sites, patience=0.1))
        for path in ("/", "/search", "/sites", "/crawls", "/articles/" + "0" * 32):
            answer = client.get(path, params={"lang": "en"})
            assert answer.status_code == 503, path
            assert "does not answer" in answer.text
        assert client.get("/api/stats").json() == {"error": "The database does not answer. Try again in a moment."}
        probe = client.get("/healthz")
        assert (probe.status_code, probe.json()) == (503, {"status": "the database does not answer"})


def test_a_fault_of_ours_is_a_page_and_no_traceback(mongod_uri, seeded, sites, monkeypatch):
    def broken(*_):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(shelf.Shelf, "article", broken)
    with MongoClient(mongod_uri, tz_aware=True) as mongo:
        client = Client(create_app(mongo[seeded], sites))
        answer = client.get("/articles/" + "0" * 32, params={"lang": "en"})
        assert answer.status_code == 500
        assert "has a fault" in answer.text
        assert "secret" not in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert client.get("/api/articles/" + "0" * 32).status_code == 500


def test_long_texts_are_cut_and_not_compared(mongod_uri, database, sites):
    paragraphs = [" ".join(f"كلمة{i}{j}" for j in range(100)) for i in range(400)]

    async def write():
        async with AsyncMongoClient(mongod_uri, tz_aware=True) as client:
            for version in range(2):
                at = seeding.LAST_DAY
                one = seeding.article("okaz", "long", at, f"طويل {version}", [f"فقرة {version}", *paragraphs])
                writer = seeding.ArticleWriter(client[database.name])
                await seeding.prepare(client[database.name])
                assert await writer.write(
                    [one.model_copy(update={"fetched_at": at + version * seeding.timedelta(hours=1)})]
                )

    asyncio.run(write())
    client = Client(create_app(database, sites))
    found = client.get("/api/search").json()["articles"][0]["article"]
    assert len(found["body"]) > LONGEST_TEXT
    page = client.get(f"/articles/{found['id']}", params={"lang": "en"}).text
    assert "The text is cut at 200,000 characters" in page
    assert "too long to compare" in page
    assert len(page) < 1_500_000


def test_a_headline_that_does_not_end_leaves_room_for_others(mongod_uri, database, sites):
    endless = "عنوان لا ينتهي " * 20_000

    async def write():
        async with AsyncMongoClient(mongod_uri, tz_aware=True) as client:
            await seeding.prepare(client[database.name])
            fields = {"kicker": endless, "section": endless, "byline": endless, "summary": endless}
            lists = {"authors": [endless] * 3, "tags": [f"وسم {n}" for n in range(20_000)]}
            one = seeding.article("okaz", "endless", seeding.LAST_DAY, endless, ["نص."], **fields, **lists)
            await seeding.ArticleWriter(client[database.name]).write([one])

    asyncio.run(write())
    client = Client(create_app(database, sites))
    found = client.get("/api/search").json()["articles"][0]["article"]
    assert found["title"] == endless.strip()
    for path in ("/", "/search", "/search?q=ينتهي", "/sites/okaz", f"/articles/{found['id']}"):
        page = client.get(path).text
        assert "عنوان لا ينتهي" in page or "<mark>ينتهي</mark>" in page
        assert len(page) < 60_000, path


def test_many_versions_and_copies_are_shown_in_part(database, sites, mongod_uri):
    async def write():
        async with AsyncMongoClient(mongod_uri, tz_aware=True) as client:
            await seeding.prepare(client[database.name])
            writer = seeding.ArticleWriter(client[database.name])
            for n in range(25):
                one = seeding.article("okaz", "often", seeding.LAST_DAY, f"عنوان {n}", ["نص قصير."])
                await writer.write(
                    [one.model_copy(update={"fetched_at": seeding.LAST_DAY + n * seeding.timedelta(hours=1)})]
                )
            copies = [seeding.article("okaz", f"copy{n}", seeding.LAST_DAY, f"نسخة {n}", ["نص."]) for n in range(60)]
            await writer.write(copies)

    asyncio.run(write())
    database.articles.update_many({"title": {"$regex": "^نسخة"}}, {"$set": {"story": Binary(b"s" * 16)}})
    client = Client(create_app(database, sites))
    often = client.get("/api/article", params={"address": "https://www.okaz.com.sa/local/often"}).json()["id"]
    page = client.get(f"/articles/{often}", params={"lang": "en"}).text
    assert page.count('class="version"') == SHOWN
    assert "The newest 20 versions are shown" in page
    copy = client.get("/api/article", params={"address": "https://www.okaz.com.sa/local/copy3"}).json()["id"]
    assert "The first 50 of 60 are shown" in client.get(f"/articles/{copy}", params={"lang": "en"}).text


@pytest.mark.parametrize("limit", [1, 100])
def test_a_page_of_results_is_as_long_as_asked_for_and_no_longer(ask, limit):
    assert len(ask.get("/api/search", params={"limit": limit}).json()["articles"]) == limit
