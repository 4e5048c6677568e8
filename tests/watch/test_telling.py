"""Alarms in MongoDB, and their messages: once each, whoever looks; again later where a channel failed."""

import asyncio
import socketserver
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from threading import Lock, Thread

import pytest
from pymongo import AsyncMongoClient
from scrapy.settings import Settings

from crawler.errors import UserError
from crawler.store.schema import prepare
from crawler.watch.alarms import end_alarm, open_alarms, raise_alarm
from crawler.watch.channels import NotToldError, Telling, channels
from crawler.watch.telling import GIVEN_UP, tell, untold
from crawler.watch.verdicts import Verdict

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
VERDICT = Verdict("fields", "bad", "authors are gone", {"fields": {}})
TELLING = Telling("الموضوع", "النص", {"site": "sample", "at": NOW})


@pytest.fixture
def prepared(database, mongod_uri):
    async def work():
        async with AsyncMongoClient(mongod_uri) as client:
            await prepare(client[database.name])

    asyncio.run(work())
    return database


def together(count, work):
    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(lambda _: work(), range(count)))


def raised(database, *names):
    return raise_alarm(database, "sample", VERDICT, run="one", now=NOW, channels=names)


def test_many_processes_raise_and_end_an_alarm_once(prepared):
    answers = together(8, lambda: raised(prepared, "webhook"))
    assert sum(answer is not None for answer in answers) == 1
    (alarm,) = open_alarms(prepared)
    assert (alarm["since"], alarm["run"]) == (NOW, "one")
    later = NOW + timedelta(hours=1)
    ended = together(8, lambda: end_alarm(prepared, "sample", "fields", by="two", now=later, channels=["webhook"]))
    assert sum(answer is not None for answer in ended) == 1
    assert open_alarms(prepared) == []
    assert raised(prepared) is not None  # another time
    assert prepared.alarms.count_documents({}) == 2


def test_each_message_is_told_once_though_many_tell(prepared):
    raised(prepared, "webhook", "mail")
    end_alarm(prepared, "sample", "fields", by="two", now=NOW, channels=["webhook", "mail"])
    told, lock = [], Lock()

    def channel(telling):
        with lock:
            told.append(telling.record["event"])

    together(6, lambda: tell(prepared, {"webhook": channel, "mail": channel}, now=NOW))
    assert sorted(told) == ["over", "over", "raised", "raised"]
    assert untold(prepared) == []


def test_what_fails_is_told_later_by_that_channel_alone_and_given_up_in_the_end(prepared):
    raised(prepared, "webhook", "mail")
    good, tries = [], []

    def deaf(_telling):
        tries.append(1)
        raise NotToldError("it is deaf")

    ways = {"webhook": deaf, "mail": good.append}
    assert tell(prepared, ways, now=NOW) == (1, 1)
    assert tell(prepared, ways, now=NOW) == (0, 0)  # not yet
    (waiting,) = untold(prepared)
    assert waiting == {"site": "sample", "check": "fields", "channel": "webhook", "attempts": 1, "error": "it is deaf"}
    for day in range(1, 30):
        tell(prepared, ways, now=NOW + timedelta(days=day))
    assert len(tries) == GIVEN_UP
    assert len(good) == 1
    assert len(untold(prepared)) == 1


def test_a_message_whose_teller_was_killed_is_told_by_the_next(prepared):
    raised(prepared, "webhook")

    def killed(_telling):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tell(prepared, {"webhook": killed}, now=NOW)
    told = []
    tell(prepared, {"webhook": told.append}, now=NOW + timedelta(minutes=1))
    assert told == []  # its lease
    tell(prepared, {"webhook": told.append}, now=NOW + timedelta(minutes=4))
    assert len(told) == 1


def settings(**named):
    defaults = {"ALARM_WEBHOOK": None, "ALARM_MAIL_TO": None, "ALARM_MAIL_FROM": None, "ALARM_COMMAND": None}
    return Settings({**defaults, "ALARM_SMTP": "smtp://localhost:25", **named})


class _Smtp(socketserver.StreamRequestHandler):
    """As much of a mail server as takes one message."""

    def handle(self):
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline().strip():
            verb = line.split(b" ")[0].upper()
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = []
                while (part := self.rfile.readline()) != b".\r\n":
                    lines.append(part)
                self.server.got.append(b"".join(lines))
            self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 fine\r\n")
            if verb == b"QUIT":
                return


def test_mail_is_sent_in_arabic():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Smtp) as server:
        server.got = []
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"smtp://127.0.0.1:{server.server_address[1]}"
        channels(settings(ALARM_MAIL_TO="a@example.org, b@example.org", ALARM_SMTP=address))["mail"](TELLING)
        server.shutdown()
    message = message_from_bytes(server.got[0], policy=policy.default)
    assert (message["Subject"], message["To"], message["From"]) == (
        "الموضوع",
        "a@example.org, b@example.org",
        "a@example.org",
    )
    assert message.get_content().strip() == "النص"


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ({"ALARM_WEBHOOK": "http://127.0.0.1:1/secret"}, "the webhook cannot be reached"),
        (
            {"ALARM_MAIL_TO": "a@example.org", "ALARM_SMTP": "smtp://user:secret@127.0.0.1:1"},
            "127.0.0.1:1 does not take",
        ),
        ({"ALARM_COMMAND": "/nonexistent/program secret"}, "cannot be run (No such file"),
        ({"ALARM_COMMAND": f"{sys.executable} -c 'raise SystemExit(3)'"}, "ended with status 3"),
    ],
)
def test_a_channel_that_fails_says_why_and_no_secret(named, told):
    (channel,) = channels(settings(**named)).values()
    with pytest.raises(NotToldError, match=r"the|cannot|ended") as caught:
        channel(TELLING)
    assert told in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("address", ["http://[", "smtp://host:port", "mail.example.org", "smtp://"])
def test_a_mail_server_that_is_none(address):
    with pytest.raises(UserError, match="ALARM_SMTP is no mail server"):
        channels(settings(ALARM_MAIL_TO="a@example.org", ALARM_SMTP=address))
