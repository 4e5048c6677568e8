"""A curve in a terminal."""

from crawler.plot import plot


def test_a_line_from_corner_to_corner():
    assert plot([(0, 0), (10, 30)], 2, 2) == ["⠀⡜", "⡜⠀"]


def test_where_it_falls_the_line_is_broken():
    picture = plot([(0, 7), (9, 0)], 5, 2)
    assert picture == ["⠁⠀⠀⠀⠀", "⠀⠀⠀⠀⢀"]


def test_one_point_no_point_and_nothing_read():
    assert plot([(5, 3)], 2, 2) == ["⠁⠀", "⠀⠀"]
    assert plot([], 2, 2) == ["⠀⠀", "⠀⠀"]
    assert plot([(0, 0), (1, 0)], 2, 2) == ["⠀⠀", "⣀⣀"]
