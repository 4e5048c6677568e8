"""What the reading room keeps for a while stays bounded."""

import pytest

from crawler.room import kept


def test_questions_without_an_answer_do_not_pile_up(monkeypatch):
    monkeypatch.setattr(kept, "_MOST", 10)
    shelf = kept.Kept(60)

    def fail():
        raise LookupError

    for number in range(100):
        with pytest.raises(LookupError):
            shelf.get(number, fail)
    assert len(shelf._locks) <= 11
