"""The address that a page states as its own, for pages that come without one."""

from crawler.extraction.about import address_in
from crawler.extraction.decoding import decode
from crawler.extraction.head import read_head
from crawler.extraction.outline import parse


def stated_address(page: bytes | str) -> str | None:
    """The absolute address in rel=canonical, else og:url; None where the page states none."""
    text = page if isinstance(page, str) else decode(page)[0]
    root = parse(text)
    return address_in(read_head(root)) if root is not None else None
