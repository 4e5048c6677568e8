"""One local server: started by the first, shared by all, stopped after the last, however they end."""

import contextlib
import os
import subprocess
import sys
import time

import psutil
import pytest
from pymongo import MongoClient
from pymongo.errors import AutoReconnect

from crawler.errors import UserError
from crawler.store.connection import Connection
from crawler.store.local import LocalServer, Places, find_mongod
from crawler.store.supervisor import cache_gb, memory
from tests.conftest import ROOT, kill_server

USER = """
import sys
from crawler.store.local import LocalServer
server = LocalServer.acquire(sys.argv[1])
print(server.uri, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def data(tmp_path):
    try:
        find_mongod()
    except UserError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    return tmp_path / "data"


def start_user(data):
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(data)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def server_processes(data):
    return [process for process in psutil.process_iter() if str(data) in " ".join(_command(process))]


def _command(process):
    try:
        command = process.cmdline()
    except psutil.Error:
        return []
    return command if command and ("mongod" in command[0] or "crawler.store.supervisor" in command) else []


def wait_until_gone(data):
    deadline = time.monotonic() + 30
    while server_processes(data) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not server_processes(data)


def test_many_users_share_one_server_and_the_last_stops_it(data):
    users = [start_user(data) for _ in range(3)]
    addresses = {user.stdout.readline() for user in users}
    assert len(addresses) == 1
    assert sum("mongod" in _command(process)[0] for process in server_processes(data)) == 1
    for user in users[:2]:
        user.communicate()
    with MongoClient(addresses.pop().strip(), serverSelectionTimeoutMS=2000) as client:
        client.admin.command("ping")
    assert Places.of(data).users() == 1
    users[2].communicate()
    assert wait_until_gone(data)


def test_a_killed_user_leaves_no_server_behind(data):
    user = start_user(data)
    user.stdout.readline()
    assert server_processes(data)
    user.kill()
    user.wait()
    assert wait_until_gone(data)


def test_the_last_user_leaves_no_folder_for_the_socket_behind(data):
    folder = Places.of(data).sockets
    for _ in range(2):
        with LocalServer.acquire(data) as server:
            assert folder.is_dir()
            kill_server(server)  # it leaves its socket behind
        assert wait_until_gone(data)
        assert not folder.exists()


def test_what_was_acknowledged_survives_the_servers_death(data):
    with LocalServer.acquire(data) as server, MongoClient(server.uri, w="majority", journal=True) as client:
        client.test.things.insert_many([{"n": n} for n in range(200)])
        kill_server(server)
        kill_server(server)  # again, as soon as it runs
        assert client.test.things.count_documents({}) == 200
    assert wait_until_gone(data)


def test_a_killed_supervisor_takes_its_server_along_and_the_next_user_starts_anew(data):
    with LocalServer.acquire(data) as server, MongoClient(server.uri, w="majority", journal=True) as client:
        client.test.things.insert_one({"n": 1})
        supervisor = psutil.Process(server.places.state()["supervisor"])
        supervisor.kill()
        supervisor.wait(10)
        with LocalServer.acquire(data) as again, MongoClient(again.uri) as other:
            assert other.test.things.count_documents({}) == 1
    assert wait_until_gone(data)


def test_a_server_without_its_supervisor_is_started_again_by_who_uses_it(data):
    with LocalServer.acquire(data) as server:
        connection = Connection(server.uri, "test", server)
        connection.database().things.insert_one({"n": 1})
        psutil.Process(server.places.state()["supervisor"]).kill()
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(AutoReconnect):
                connection.database().things.insert_one({"n": 2})
                break
        assert connection.database().things.count_documents({"n": 2}) == 1
        connection.close()
    assert wait_until_gone(data)


def test_who_uses_a_server_does_not_start_it_again_after_it_was_stopped_by_force(data, scrapy):
    with LocalServer.acquire(data) as server:
        assert scrapy("db", "stop", "--force", NABA_DATA=data).returncode == 0
        with pytest.raises(UserError, match="was stopped"):
            server.revive()
        with LocalServer.acquire(data) as later:  # who comes later may
            assert later.places.is_supervised()
    assert wait_until_gone(data)


def test_a_user_who_comes_while_the_server_stops_gets_one_that_runs(data):
    for _ in range(5):
        server = LocalServer.acquire(data)
        with MongoClient(server.uri, serverSelectionTimeoutMS=5000) as client:
            client.admin.command("ping")
        server.release()
        time.sleep(0.12)  # the supervisor looks ten times a second


def test_nothing_listens_on_the_network(data):
    with LocalServer.acquire(data) as server:
        process = psutil.Process(server.places.state()["pid"])
        assert not process.net_connections(kind="inet")
        socket = server.socket
        assert os.stat(socket).st_mode & 0o777 == 0o600  # noqa: PTH116 - of the socket itself
        assert os.stat(os.path.dirname(socket)).st_mode & 0o777 == 0o700  # noqa: PTH116, PTH120


def test_a_folder_of_somebody_else_is_not_used_for_the_socket(data, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    places = Places.of(data)
    (tmp_path / "elsewhere").mkdir()
    places.sockets.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="belongs to somebody else"):
        LocalServer.acquire(data)


def test_a_path_too_long_for_a_socket_is_told(data, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / ("x" * 100)))
    with pytest.raises(UserError, match="too long for a socket"):
        LocalServer.acquire(data)


def test_a_program_that_does_not_run_here_is_told_with_what_it_misses(data, monkeypatch, tmp_path):
    program = tmp_path / "mongod"
    program.write_text(
        "#!/bin/sh\necho 'error while loading shared libraries: libcurl.so.4: cannot open' >&2\nexit 127\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("NABA_MONGOD", str(program))
    with pytest.raises(UserError, match=r"mongod needs libcurl.so.4: install libcurl .*set MONGODB_URI"):
        LocalServer.acquire(data)


def test_a_database_that_cannot_start_is_told_in_one_line(data):
    places = Places.of(data)
    places.database.mkdir(parents=True)
    (places.database / "journal").write_bytes(b"where a folder should be")
    with pytest.raises(UserError) as error:
        LocalServer.acquire(data)
    assert "does not start" in str(error.value)
    assert "\n" not in str(error.value)
    assert wait_until_gone(data)


class TestCommand:
    def test_status_starts_nothing(self, data, scrapy):
        answer = scrapy("db", "status", NABA_DATA=data)
        assert (answer.returncode, "not running" in answer.stdout) == (0, True)
        assert not server_processes(data)

    def test_uri_works_after_the_command_until_stop(self, data, scrapy):
        uri = scrapy("db", "uri", NABA_DATA=data)
        assert "until `scrapy db stop`" in uri.stderr
        with MongoClient(uri.stdout.strip(), serverSelectionTimeoutMS=3000) as client:
            assert client.admin.command("hello")["isWritablePrimary"]
            assert client.get_default_database().name == "naba"  # a shell opens it, not its own `test`
        assert "running" in scrapy("db", "status", NABA_DATA=data).stdout
        assert scrapy("db", "stop", NABA_DATA=data).returncode == 0
        assert wait_until_gone(data)

    def test_stop_does_not_pull_the_server_from_under_others(self, data, scrapy):
        with LocalServer.acquire(data):
            refused = scrapy("db", "stop", NABA_DATA=data)
            assert refused.returncode == 1
            assert "1 process use" in refused.stderr
            assert scrapy("db", "stop", "--force", NABA_DATA=data).returncode == 0
        assert wait_until_gone(data)


@pytest.mark.parametrize(("gib", "cache"), [(1, 0.25), (2, 0.25), (8, 1.0), (24, 2.0), (256, 2.0)])
def test_the_cache_is_an_eighth_of_the_memory_within_limits(gib, cache):
    assert cache_gb(gib << 30) == cache


def test_the_memory_is_that_of_the_container(tmp_path):
    limit = tmp_path / "memory.max"
    whole = memory(limit)  # a machine without containers
    assert whole > 64 << 20

    limit.write_text("max\n")
    assert memory(limit) == whole
    limit.write_text("67108864\n")
    assert memory(limit) == 64 << 20


def test_the_server_is_started_with_the_cache_that_is_asked_for(data, monkeypatch):
    monkeypatch.setenv("NABA_MONGOD_CACHE_GB", "0.3")

    with LocalServer.acquire(data) as server, MongoClient(server.uri) as client:
        cache = client.admin.command("serverStatus")["wiredTiger"]["cache"]

    assert cache["maximum bytes configured"] == int(0.3 * 1024) << 20
