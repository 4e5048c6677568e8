"""Taking bodies out of BSON uncopied: they are most of an article, and Arrow and MongoDB both keep them as UTF-8.

Decoding them to Python texts and back would be a third of the cost of an export to Parquet.
"""

import struct
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

_MARK = b"\x02body\x00"  # a string element (type 2) called body
_LENGTH = struct.Struct("<i")


def cut_bodies(raw: bytes) -> tuple[bytes, list[memoryview]] | None:
    """Documents without their bodies, and the bodies as UTF-8.

    Args:
        raw: BSON documents one after the other, each with one field `body` that is a string.

    Returns:
        None when another text holds what looks like the beginning of a body, or a document has none: such a batch is
        to be decoded the long way.
    """
    view = memoryview(raw)
    kept: list[bytes | memoryview] = []
    bodies: list[memoryview] = []
    start, size = 0, len(raw)
    while start < size:
        (length,) = _LENGTH.unpack_from(raw, start)
        end = start + length
        mark = raw.find(_MARK, start, end)
        if mark < 0:
            return None
        text = mark + len(_MARK) + _LENGTH.size
        (bytes_and_nul,) = _LENGTH.unpack_from(raw, text - _LENGTH.size)
        after = text + bytes_and_nul
        if not text < after < end or raw.find(_MARK, mark + 1, end) >= 0:
            return None
        kept += (_LENGTH.pack(length - (after - mark)), view[start + _LENGTH.size : mark], view[after:end])
        bodies.append(view[text : after - 1])
        start = end
    return b"".join(kept), bodies


def text_array(texts: Sequence[memoryview]) -> "pa.StringArray":
    """UTF-8 texts as an Arrow array.

    Raises:
        pyarrow.ArrowInvalid: for what is no UTF-8.
    """
    import pyarrow as pa

    ends = list(accumulate(map(len, texts), initial=0))
    offsets = pa.py_buffer(struct.pack(f"<{len(ends)}i", *ends))
    array = pa.StringArray.from_buffers(len(texts), offsets, pa.py_buffer(b"".join(texts)))
    array.validate(full=True)
    return array
