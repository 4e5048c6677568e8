"""Real brokers for tests: Debian's redis-server and rabbitmq-server, started on loopback and stopped."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for_port(port: int, process: "subprocess.Popen[bytes]", seconds: float) -> None:
    """Until something listens there."""
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"nothing listens on {port}")


@contextlib.contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """A Redis of one's own; its address.

    Raises:
        FileNotFoundError: when none is installed.
    """
    program = shutil.which("redis-server")
    if program is None:
        raise FileNotFoundError("redis-server is not installed")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
    process = subprocess.Popen([*command, "--appendonly", "yes"], stdout=subprocess.DEVNULL)
    try:
        wait_for_port(port, process, 20)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(20)


@contextlib.contextmanager
def rabbitmq_server(folder: Path) -> Iterator[str]:
    """A RabbitMQ of one's own, with an Erlang port mapper of its own; its address.

    Raises:
        FileNotFoundError: when none is installed.
    """
    script = shutil.which("rabbitmq-server", path=f"/usr/lib/rabbitmq/bin:{os.environ['PATH']}")
    if script is None:
        raise FileNotFoundError("rabbitmq-server is not installed")
    port, mapper, nodes = free_port(), free_port(), free_port()
    (folder / "rabbit.conf").write_text(
        f"listeners.tcp.1 = 127.0.0.1:{port}\nloopback_users.guest = true\nlog.console = false\n", "utf-8"
    )
    (folder / "plugins").write_text("[].", "utf-8")
    own = {
        "HOME": str(folder),
        "RABBITMQ_NODENAME": f"naba{port}@localhost",
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbit.conf"),
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_PID_FILE": str(folder / "pid"),
        "RABBITMQ_DIST_PORT": str(nodes),
        "ERL_EPMD_PORT": str(mapper),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
    }
    process = subprocess.Popen(
        [script], env=os.environ | own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        wait_for_port(port, process, 90)
        yield f"amqp://guest:guest@127.0.0.1:{port}/%2F"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, 15)
        process.wait(60)
        if epmd := shutil.which("epmd"):
            subprocess.run([epmd, "-port", str(mapper), "-kill"], capture_output=True, check=False)
