"""The sample newspaper at the address in NABA_TEST_SITE."""

import os
from urllib.parse import urlsplit

from spiders.sample import Sample

BASE = os.environ.get("NABA_TEST_SITE", "http://127.0.0.1:1")


class Local(Sample):
    """Al-Mizan (الميزان), served by a test."""

    name = "local"
    domains = ["127.0.0.1"]  # noqa: RUF012 - a declaration
    sections = [BASE + urlsplit(section).path for section in Sample.sections]  # noqa: RUF012 - a declaration
