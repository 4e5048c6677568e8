"""The extractor's version, which every record carries."""

import hashlib
import json

from crawler.extraction.rules import Site

VERSION = "1"
"""Raised whenever the same page may give another record, so that an archive knows what to read anew."""


def version_of(site: Site | None) -> str:
    """What read a page: `1`, or `1+9f86d081` with the rules of a site, whose change makes its pages due as well."""
    if site is None:
        return VERSION
    declared = [
        *(site.name, site.name_ar, site.country, site.language, site.timezone, list(site.domains)),
        *(layout.declared() for layout in site.layouts),
    ]
    digest = hashlib.sha256(json.dumps(declared, ensure_ascii=False).encode())
    return f"{VERSION}+{digest.hexdigest()[:8]}"
