"""What is shipped is what the generator writes."""

import json

from crawler.archive.reader import scan
from crawler.items import Article
from samples import build
from samples.newspaper import Newspaper


def test_the_shipped_warc_is_a_fresh_build():
    assert build.WARC.read_bytes() == build.warc(Newspaper())


def test_the_shipped_records_are_a_fresh_build():
    assert build.EXPECTED.read_text("utf-8") == build.expected(Newspaper())


def test_every_answer_can_be_read_back():
    from collections import Counter

    skipped = Counter()
    assert len(list(scan(build.WARC, skipped))) == len(Newspaper().answers())
    assert not skipped


def test_expected_records_name_fields_of_the_record():
    for line in build.EXPECTED.read_text("utf-8").splitlines():
        assert set(json.loads(line)) <= set(Article.field_names())


def test_another_seed_is_another_newspaper():
    assert build.warc(Newspaper(seed=2)) != build.warc(Newspaper())
