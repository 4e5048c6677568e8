"""Reading ahead: in bounded memory, with errors told where they matter, and no thread left behind."""

import threading
import time

import pytest

from crawler.errors import UserError
from crawler.store import Filters
from crawler.store.batches import ahead, raw_batches


def threads():
    return [thread for thread in threading.enumerate() if thread.name == "ahead"]


def test_items_come_in_order_and_only_a_few_before_they_are_asked_for():
    made = []

    def items():
        for number in range(50):
            made.append(number)
            yield number

    seen = []
    for number in ahead(items(), depth=2):
        seen.append(number)
        time.sleep(0.001)
        assert len(made) - len(seen) <= 4
    assert seen == list(range(50))
    assert not threads()


def test_what_the_maker_raises_is_raised_where_it_is_read():
    def items():
        yield 1
        raise ZeroDivisionError

    read = ahead(items())
    assert next(read) == 1
    with pytest.raises(ZeroDivisionError):
        next(read)
    assert not threads()


def test_a_reader_that_leaves_early_leaves_no_thread():
    def forever():
        while True:
            yield 1

    read = ahead(forever())
    assert next(read) == 1
    read.close()
    assert not threads()


def test_a_question_that_mongodb_refuses_is_told_in_a_line(database):
    with pytest.raises(UserError, match="MongoDB does not answer"):
        list(raw_batches(database, Filters(), {"title": 1, "body": 0}))
