"""The door: methods, names and headers, whatever is asked for."""

import pytest

from crawler.room.app import create_app
from crawler.room.guard import host_of, is_loopback
from tests.room.conftest import Client

PATHS = ("/", "/search", "/nowhere", "/static/room.css", "/api/stats", "/api/nowhere", "/healthz", "/articles/xyz")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers_of_a_page_that_loads_nothing_from_elsewhere(ask, path):
    headers = ask.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "img-src", "connect-src", "form-action")} == {"'self'"}
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/api/search", "/static/room.css", "/nowhere"])
def test_nothing_but_reading_is_answered(ask, method, path):
    answer = ask.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    told = answer.json()["error"] if path.startswith("/api/") else answer.text.strip()
    assert told == "The reading room only reads."


def test_head_is_answered_as_get_is(ask):
    assert ask.request("HEAD", "/").status_code == 200
    assert ask.request("HEAD", "/nowhere").status_code == 404


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "LOCALHOST", "[::1]:8000", "127.0.0.53:1"])
def test_names_of_loopback_are_let_in(ask, host):
    assert ask.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "localhost.evil.example", "10.0.0.7", "", "127.0.0.1.evil.example"]
)
def test_other_names_are_not(ask, host):
    """DNS rebinding: a page of evil.example asks what its own name, answered with 127.0.0.1, serves here."""
    answer = ask.get("/api/stats", headers={"host": host})
    assert answer.status_code == 421
    assert list(answer.json()) == ["error"]
    assert "articles" not in answer.text


def test_a_room_that_is_bound_elsewhere_knows_the_names_that_it_was_told(database, sites):
    client = Client(create_app(database, sites, names=["library.example"], any_address=True))
    for host, status in [("Library.example", 200), ("10.0.0.7:8000", 200), ("evil.example", 421)]:
        assert client.get("/robots.txt", headers={"host": host}).status_code == status


def test_hosts_are_read_from_their_header():
    assert [host_of(h) for h in ("a.example:80", "A.example", "[::1]:8000", "[::1]")] == [
        "a.example",
        "a.example",
        "::1",
        "::1",
    ]
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.1.2.3", "::1")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.4", "library.example")))  # noqa: S104 - none is bound
