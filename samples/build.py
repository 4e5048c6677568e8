"""`python -m samples.build`: write the sample newspaper's WARC and the expected records; every build is the same."""

import gzip
import io
import json
import uuid
from pathlib import Path
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from samples.newspaper import BASE, Answer, Newspaper

FOLDER = Path(__file__).parent
WARC = FOLDER / "sample.warc.gz"
EXPECTED = FOLDER / "expected.jsonl"


def warc(newspaper: Newspaper) -> bytes:
    """The recorded site, every record its own gzip member; record ids are made of the addresses, so a build repeats."""
    members = []
    for number, answer in enumerate(newspaper.answers()):
        plain = io.BytesIO()
        writer = WARCWriter(plain, gzip=False, warc_version="1.1")
        writer.write_record(_record(writer, answer, number))
        members.append(gzip.compress(plain.getvalue(), mtime=0))
    return b"".join(members)


def _record(writer: WARCWriter, answer: Answer, number: int) -> object:
    url = BASE + quote(answer.path, safe="/?=&-")
    headers = {
        "WARC-Date": f"{answer.visit:%Y-%m-%dT%H:%M:%SZ}",
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{url}#{number}')}>",
    }
    http = StatusAndHeaders(str(answer.status), list(answer.headers.items()), protocol="HTTP/1.1")
    return writer.create_warc_record(
        url, "response", payload=io.BytesIO(answer.body), http_headers=http, warc_headers_dict=headers
    )


def expected(newspaper: Newspaper) -> str:
    """The expected records as JSON Lines."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in newspaper.expected())


def main() -> None:
    """Write both files."""
    newspaper = Newspaper()
    WARC.write_bytes(warc(newspaper))
    EXPECTED.write_text(expected(newspaper), "utf-8")
    print(f"{WARC.name}: {WARC.stat().st_size} bytes; {EXPECTED.name}: {len(newspaper.expected())} records")


if __name__ == "__main__":
    main()
