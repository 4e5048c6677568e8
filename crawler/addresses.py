"""Addresses of articles: one spelling for people, one key for identity.

The same article is reached under many addresses: percent-encoded or in Arabic letters, with and without www, with a
tracking parameter, in an AMP or mobile edition. Everything here is a pure function on strings (RFC 3986, RFC 3987).
"""

import contextlib
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import SplitResult, parse_qsl, quote, quote_plus, unquote_to_bytes, urlsplit

KEY_BYTES = 16

# Parameters that only tell where a reader came from. courlan's list is longer, but takes `cid`, `eid`, `uid` and
# `ref` too, and on older newspaper systems these are the article's own number.
_TRACKING = re.compile(
    r"(?:utm_|mtm_|pk_|hsa_|itm_|_hs)\w*"
    r"|(?:fb|g|d|tw|y|tt)clid|msclkid|[wg]braid|igshid|gclsrc|mc_[ce]id|_ga|_gl|__twitter_impression|xtor"
    r"|amp_js_v|usqp|sms_ss|at_(?:xt|medium|campaign|custom\d*|creation|format|link|ptr\w*|platform)|cmpid|s_cid"
    r"|gad_(?:source|campaignid)|srsltid|mibextid|replytocom|phpsessid|jsessionid",
    re.IGNORECASE,
)
# Parameters that only choose an edition of the same article.
_EDITION = {
    *(("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp"), ("outputtype", "amp-type"), ("view", "amp")),
    *(("noamp", "mobile"), ("noamp", "1"), ("m", "0"), ("m", "1"), ("mobile", "1")),
}
_EDITION_HOST = re.compile(r"^(?:www\d?|m|mobile|amp|touch|wap)\.(?=[^.]+\.)")
_EDITION_PATH = re.compile(r"/(?:amp|amp\.html)$|^/amp(?=/)|\.amp(?=(?:\.html?)?$)")
# Bidirectional marks, percent-encoded: they come along when an address is copied out of a line that runs right to left.
_MARKS = re.compile("%D8%9C|%E2%80%(?:8[EF]|A[A-E])|%E2%81%A[6-9]")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED = "/!$&'()*+,;=:@-._~"


def _split(url: str) -> SplitResult:
    return urlsplit(url.strip())


def _host(parts: SplitResult) -> str:
    """Host and port, in lower case, as ASCII (IDNA), without a port that the scheme implies."""
    host = (parts.hostname or "").rstrip(".")
    # A name that IDNA cannot spell (an underscore, an over-long label) is compared as it stands.
    with contextlib.suppress(UnicodeError):
        host = host.encode("idna").decode("ascii")
    try:
        port = parts.port
    except ValueError:
        port = None
    return f"{host}:{port}" if port and port != _DEFAULT_PORTS.get(parts.scheme.lower()) else host


def _decoded(text: str) -> str | None:
    """The text behind percent-encoding, as NFC; None when the bytes are not UTF-8 (an old site's windows-1256)."""
    try:
        return unicodedata.normalize("NFC", unquote_to_bytes(text).decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _path(path: str) -> str:
    """The path percent-encoded in one way: NFC, UTF-8, upper-case digits, nothing encoded that need not be."""
    path = re.sub(r"/{2,}", "/", path) or "/"
    # A '/' or '%' that is data must stay encoded, so each segment is read by itself.
    segments = []
    for segment in path.split("/"):
        decoded = _decoded(segment)
        raw = unquote_to_bytes(segment) if decoded is None else decoded
        segments.append(quote(raw, safe=_UNRESERVED.replace("/", "")))
    return "/".join(segments)


def _query(query: str) -> list[tuple[str, str]]:
    """The query's parameters without tracking, in their order; `&amp;` that was never decoded is `&`."""
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    named = ((name.removeprefix("amp;"), unicodedata.normalize("NFC", value)) for name, value in pairs)
    return [(name, value) for name, value in named if not _TRACKING.fullmatch(name)]


def _encode_query(pairs: list[tuple[str, str]]) -> str:
    def encode(text: str) -> str:
        return quote_plus(text, safe="/:@,!", errors="surrogateescape")

    return "&".join(f"{encode(name)}={encode(value)}" if value else encode(name) for name, value in pairs)


def canonical_address(url: str) -> str:
    """The address in one spelling: percent-encoded UTF-8 of NFC, lower-case host, no fragment, no tracking.

    The scheme, `www` and a trailing slash are kept: the result is an address that can be fetched. Idempotent. What
    is no absolute http(s) address is answered as it came, stripped.
    """
    try:
        parts = _split(url)
        host = _host(parts)
    except ValueError:
        return url.strip()
    if parts.scheme.lower() not in _DEFAULT_PORTS or not host:
        return url.strip()
    query = _encode_query(_query(parts.query))
    return f"{parts.scheme.lower()}://{host}{_path(parts.path)}" + (f"?{query}" if query else "")


def address_identity(url: str) -> str:
    """What two addresses of the same article have in common, as text.

    Beyond `canonical_address`, these make no difference: http or https, www, the mobile and AMP editions' hosts,
    paths and parameters, a trailing slash or bare index file, the order of the parameters.
    """
    address = canonical_address(url)
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if parts.scheme not in _DEFAULT_PORTS:
        return address
    host = _EDITION_HOST.sub("", parts.netloc)
    path = _MARKS.sub("", parts.path)
    path = _EDITION_PATH.sub("", re.sub(r"/+(?:index\.(?:html?|php|aspx?))?$", "", path))
    pairs = [(name, value) for name, value in _query(parts.query) if (name.lower(), value.lower()) not in _EDITION]
    query = _encode_query(sorted(pairs))
    return f"{host}{path or '/'}" + (f"?{query}" if query else "")


def is_under(url: str, domains: Iterable[str]) -> bool:
    """Whether the address' host is one of these domains, or under one."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return False
    return any(host == domain or host.endswith(f".{domain}") for domain in map(str.lower, domains))


def address_key(url: str) -> bytes:
    """The article's key: the first 16 bytes of the SHA-256 of its address' identity.

    Sixteen bytes keep a unique index at 30 bytes an entry (an address of Arabic letters takes 135); at 10 billion
    articles the chance of any collision is below 1 in 10^18.
    """
    return hashlib.sha256(address_identity(url).encode("utf-8", "surrogateescape")).digest()[:KEY_BYTES]
