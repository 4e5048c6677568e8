"""Ways to tell an alarm: e-mail, webhook, command. Each has a time limit; what fails raises and is told again later."""

import http.client
import json
import shlex
import smtplib
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from scrapy.settings import BaseSettings

from crawler import __version__
from crawler.errors import UserError

_SECONDS = 15.0
"""In which a channel must have told."""
_COMMAND_SECONDS = 60.0


class NotToldError(Exception):
    """A channel could not tell; one line that says why, without secrets."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told: a subject, a text, and all of it for programs."""

    subject: str
    text: str
    record: dict[str, Any]


Channel = Callable[[Telling], None]


def channels(settings: BaseSettings) -> dict[str, Channel]:
    """The channels that the settings name, by name; the log is none of them, it always tells.

    Settings: ALARM_WEBHOOK; ALARM_MAIL_TO, ALARM_MAIL_FROM, ALARM_SMTP; ALARM_COMMAND.

    Raises:
        UserError: for a setting that cannot be.
    """
    named: dict[str, Channel] = {}
    if address := settings["ALARM_WEBHOOK"]:
        _web(address)
        named["webhook"] = lambda telling: post(address, telling)
    if to := settings["ALARM_MAIL_TO"]:
        mail = _mail(to, settings["ALARM_MAIL_FROM"], settings["ALARM_SMTP"])
        named["mail"] = mail.send
    if command := settings["ALARM_COMMAND"]:
        arguments = _arguments(command)
        named["command"] = lambda telling: run(arguments, telling)
    return named


def _web(address: str) -> None:
    parts = _split(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UserError("ALARM_WEBHOOK is no web address: write https://...")


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def _arguments(command: str) -> list[str]:
    try:
        arguments = shlex.split(command)
    except ValueError as error:
        raise UserError(f"ALARM_COMMAND cannot be read ({error}): write it as for a shell") from None
    if not arguments:
        raise UserError("ALARM_COMMAND is empty: name a program")
    return arguments


# --- webhook


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """A redirect would turn the POST into a GET that tells nothing."""


def post(address: str, telling: Telling) -> None:
    """Send `{"text": ...}`, which Slack, Mattermost, Rocket.Chat and others take.

    Raises:
        NotToldError: when the answer is no success, or none came in time. The address is not in the message: it is a
            secret of its receiver's.
    """
    body = json.dumps({"text": telling.text}, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": f"naba/{__version__}"}
    request = urllib.request.Request(address, body, headers)  # noqa: S310 - http(s) was checked
    opener = urllib.request.build_opener(_NoRedirect)

    def ask() -> None:
        try:
            with opener.open(request, timeout=_SECONDS) as answer:
                answer.read(1)
        except urllib.error.HTTPError as error:
            raise NotToldError(f"the webhook answers {error.code}") from None
        except (OSError, http.client.HTTPException) as error:
            raise NotToldError(f"the webhook cannot be reached ({getattr(error, 'reason', None) or error})") from None

    _within(_SECONDS, ask, "the webhook")


def _within(seconds: float, work: Callable[[], None], what: str) -> None:
    """Do the work, but wait no longer: a socket's own time limit starts anew with each byte that drips in."""
    failure: list[Exception] = []

    def body() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - told by the caller's thread
            failure.append(error)

    thread = threading.Thread(target=body, daemon=True, name="alarm")
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise NotToldError(f"{what} did not answer within {seconds:g} s")
    if failure:
        raise failure[0]


# --- e-mail


@dataclass(frozen=True, slots=True)
class Mail:
    """Where messages go, by which server."""

    to: tuple[str, ...]
    sender: str
    host: str
    port: int
    user: str | None
    password: str | None
    is_tls: bool
    """TLS from the first byte (smtps); else STARTTLS where the server offers it, and always before a password."""

    def send(self, telling: Telling) -> None:
        """Send it.

        Raises:
            NotToldError: when the server does not take it.
        """
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = telling.subject, self.sender, ", ".join(self.to)
        message["Date"], message["Message-ID"] = formatdate(localtime=True), make_msgid()
        message.set_content(telling.text)

        def work() -> None:
            try:
                self._send(message)
            except (OSError, smtplib.SMTPException) as error:
                raise NotToldError(f"the mail server {self.host}:{self.port} does not take it ({error})") from None

        _within(2 * _SECONDS, work, "the mail server")

    def _send(self, message: EmailMessage) -> None:
        context = ssl.create_default_context()
        with (
            smtplib.SMTP_SSL(self.host, self.port, timeout=_SECONDS, context=context)
            if self.is_tls
            else smtplib.SMTP(self.host, self.port, timeout=_SECONDS)
        ) as server:
            server.ehlo()
            if not self.is_tls and (self.user or server.has_extn("starttls")):
                server.starttls(context=context)
                server.ehlo()
            if self.user:
                server.login(self.user, self.password or "")
            server.send_message(message)


def _mail(to: str, sender: str | None, server: str) -> Mail:
    receivers = tuple(one.strip() for one in to.split(",") if one.strip())
    if not receivers or any("@" not in one or any(char.isspace() for char in one) for one in receivers):
        raise UserError(f"ALARM_MAIL_TO={to} is no list of e-mail addresses: write a@example.org,b@example.org")
    parts = _split(server)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise UserError("ALARM_SMTP is no mail server: write smtp://host:25 or smtps://user:password@host:465")
    return Mail(
        to=receivers,
        sender=sender or receivers[0],
        host=parts.hostname,
        port=parts.port or (465 if parts.scheme == "smtps" else 25),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        is_tls=parts.scheme == "smtps",
    )


# --- command


def run(arguments: list[str], telling: Telling) -> None:
    """Run a program with the alarm as JSON on its standard input.

    Raises:
        NotToldError: when it cannot be run, fails, or takes longer than a minute.
    """
    told = json.dumps(telling.record, ensure_ascii=False, default=str)
    try:
        subprocess.run(
            arguments,
            input=told,
            text=True,
            encoding="utf-8",
            capture_output=True,
            timeout=_COMMAND_SECONDS,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        last = (error.stderr or "").strip().splitlines()[-1:] or [""]
        raise NotToldError(f"{arguments[0]} ended with status {error.returncode}: {last[0][:200]}") from None
    except subprocess.TimeoutExpired:
        raise NotToldError(f"{arguments[0]} took longer than {_COMMAND_SECONDS:g} s") from None
    except OSError as error:
        raise NotToldError(f"{arguments[0]} cannot be run ({error.strerror})") from None
