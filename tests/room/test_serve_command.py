"""`scrapy serve`: as a user starts and stops it."""

import re
import signal
import socket
from argparse import Namespace

import httpx
import pytest
from scrapy.settings import Settings

from crawler.commands.serve import Command
from crawler.errors import UserError


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_stop_and_says_nothing_more(serving, how):
    process, address, told = serving()
    assert told == f"the reading room is open: {address}/ (Ctrl-C closes it)\n"
    assert httpx.get(f"{address}/healthz").json() == {"status": "ok"}
    assert "نبأ" in httpx.get(address).text
    assert httpx.head(address).status_code == 200
    assert httpx.post(address).status_code == 405
    assert httpx.get(address, headers={"Host": "evil.example"}).status_code == 421
    assert "server" not in httpx.get(address).headers
    process.send_signal(how)
    stdout, stderr = process.communicate(timeout=20)
    assert (process.returncode, stdout, stderr) == (0, "", "")


def test_requests_are_logged_only_for_who_debugs(serving):
    process, address, _ = serving("-L", "DEBUG")
    httpx.get(f"{address}/search", params={"q": "x"})
    process.send_signal(signal.SIGTERM)
    _, stderr = process.communicate(timeout=20)
    assert '"GET /search?q=x HTTP/1.1" 200' in stderr
    assert "pymongo" not in stderr


def test_who_opens_it_to_other_machines_is_warned(serving):
    _, address, told = serving("--host", "0.0.0.0", "--name", "library.example")  # noqa: S104 - what is tested
    assert told.startswith("warning: other machines can read the whole collection here")
    local = address.replace("0.0.0.0", "127.0.0.1")  # noqa: S104
    for host, status in [("library.example", 200), ("192.168.1.4:8000", 200), ("evil.example", 421)]:
        assert httpx.get(f"{local}/healthz", headers={"Host": host}).status_code == status


def test_behind_a_proxy_with_tls_it_speaks_of_its_addresses_as_readers_know_them(serving):
    _, address, _ = serving("--name", "library.example")
    headers = {"Host": "library.example", "X-Forwarded-Proto": "https"}
    assert httpx.get(f"{address}/sites/", headers=headers).headers["location"] == "https://library.example/sites"
    assert "curl 'https://library.example/api/search" in httpx.get(f"{address}/api/docs", headers=headers).text


def one_line(answer):
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr.startswith("error: ")
    assert answer.stderr.count("\n") == 1
    return answer.stderr


def test_a_port_in_use_is_told_in_a_line(scrapy_with_store):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = one_line(scrapy_with_store("serve", "--port", port))
    assert f"cannot listen on 127.0.0.1 port {port} (address already in use): choose another with --port" in told


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"host": "no.such.host.invalid"}, "there is no such address"),
        ({"host": "203.0.113.7"}, "cannot listen on 203.0.113.7"),
        ({"port": 70000}, "write a number from 0 to 65535"),
        ({"patience": 0.0}, "--patience 0"),
        ({"name": ["a b"]}, "--name 'a b'"),
    ],
    ids=str,
)
def test_a_mistake_is_told_before_a_database_is_opened(wrong, told):
    command = Command()
    command.settings = Settings({"MONGODB_URI": "mongodb://127.0.0.1:9/"})
    right = {"host": "127.0.0.1", "port": 0, "name": [], "patience": 5.0, "open": False}
    with pytest.raises(UserError, match=re.escape(told)):
        command.execute(Namespace(**right | wrong))


def test_a_missing_extra_is_told_in_a_line(scrapy, tmp_path):
    (tmp_path / "fastapi.py").write_text("raise ImportError('no fastapi here', name='fastapi')\n", "utf-8")
    told = one_line(scrapy("serve", PYTHONPATH=tmp_path))
    assert told == "error: the reading room needs fastapi: pip install 'naba[room]'\n"


def test_a_database_that_is_away_is_told_in_a_line(scrapy):
    told = one_line(scrapy("serve", "--port", "0", MONGODB_URI="mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=100"))
    assert "cannot be reached" in told
