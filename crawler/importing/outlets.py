"""What a page's outlet is called when no spider of the catalogue is of its domain."""

import re
from functools import cache
from urllib.parse import urlsplit

from tldextract import TLDExtract

_ADDRESS = re.compile(r"[\d.]+|.*:.*")


@cache
def _suffixes() -> TLDExtract:
    # The list that the package ships: nothing is fetched. Blogs on one host are outlets of their own.
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def outlet_of(url: str) -> str | None:
    """The registered domain of the address (news.paper.example: `paper.example`); the host where it has none."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return None
    registered = _suffixes()(host, include_psl_private_domains=True).top_domain_under_public_suffix
    if registered or _ADDRESS.fullmatch(host):
        return registered or host
    return ".".join(host.split(".")[-2:]) or None  # of an ending that the list does not have, the list says so
