"""A site's page rules, applied: CSS selectors and XPath expressions on the tree."""

import re
from functools import lru_cache

from cssselect import GenericTranslator, SelectorError
from lxml import etree

from crawler.extraction.rules import PageRules, Site

_PSEUDO = re.compile(r"::(text|attr\(\s*([\w-]+)\s*\))\s*$")
_TRANSLATOR = GenericTranslator()


@lru_cache(maxsize=2_000)
def compiled(rule: str) -> etree.XPath:
    """The rule as an XPath.

    Raises:
        ValueError: the rule is neither a CSS selector nor an XPath expression.
    """
    if rule.startswith(("/", "./", "(")):
        expression = rule
    else:
        try:
            expression = " | ".join(_css(part) for part in _alternatives(rule))
        except SelectorError as error:
            raise ValueError(f"the page rule {rule!r} is no CSS selector: {error}") from error
    try:
        return etree.XPath(expression)
    except etree.XPathSyntaxError as error:
        raise ValueError(f"the page rule {rule!r} is no XPath expression: {error}") from error


def _alternatives(rule: str) -> list[str]:
    """The selectors of a list, so that ::text and ::attr() may stand in each; commas inside brackets part nothing."""
    parts, depth, start = [], 0, 0
    for place, c in enumerate(rule):
        depth += (c in "([") - (c in ")]")
        if c == "," and not depth:
            parts.append(rule[start:place].strip())
            start = place + 1
    return [*parts, rule[start:].strip()]


def _css(selector: str) -> str:
    pseudo = _PSEUDO.search(selector)
    path = _TRANSLATOR.css_to_xpath(selector[: pseudo.start()] if pseudo else selector, prefix="descendant-or-self::")
    if not pseudo:
        return path
    return f"{path}/text()" if pseudo.group(1) == "text" else f"{path}/@{pseudo.group(2)}"


def select(rule: str, root: etree._Element) -> list[etree._Element | str]:
    """What the rule matches, in document order: elements, or strings where an XPath ends in an attribute or text()."""
    found = compiled(rule)(root)
    if not isinstance(found, list):
        return [str(found)] if found not in (None, "") else []
    return [match if etree.iselement(match) else str(match) for match in found]


def layout_of(site: Site, root: etree._Element) -> PageRules | None:
    """The rules of the page's design: the first of the site's whose `when` matches, or is None."""
    return next((rules for rules in site.layouts if rules.when is None or select(rules.when, root)), None)
