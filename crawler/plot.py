"""A curve drawn in a terminal, with the dots of braille characters: two by four in each."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BLANK = 0x2800


def plot(points: Sequence[tuple[float, float]], width: int, height: int) -> list[str]:
    """Lines of a picture of the points, joined in their order; from the least x to the greatest, from 0 up.

    Where y falls, the line is broken: a counter that begins anew is two curves.

    Args:
        points: x and y, 0 or more, x ascending.
        width: columns of the picture, 2 or more.
        height: lines of the picture, 2 or more.
    """
    cells = [[0] * width for _ in range(height)]
    for x, y in _dots(points, 2 * width - 1, 4 * height - 1):
        row = 4 * height - 1 - y
        cells[row // 4][x // 2] |= _DOTS[row % 4][x % 2]
    return ["".join(chr(_BLANK + cell) for cell in line) for line in cells]


def _dots(points: Sequence[tuple[float, float]], right: int, top: int) -> Iterator[tuple[int, int]]:
    """Places of the dots: columns from 0 to `right`, rows from 0 (below) to `top`."""
    if not points:
        return
    first, last = points[0][0], points[-1][0]
    x_scale = right / (last - first) if last > first else 0.0
    y_scale = top / (max(y for _, y in points) or 1)
    places = [((x - first) * x_scale, y * y_scale) for x, y in points]
    yield from ((round(x), round(y)) for x, y in places)
    for (x, y), (next_x, next_y) in pairwise(places):
        if next_y < y:
            continue
        steps = max(1, round(max(next_x - x, next_y - y)))
        for step in range(steps + 1):
            yield round(x + (next_x - x) * step / steps), round(y + (next_y - y) * step / steps)
