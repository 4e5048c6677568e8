"""The checks: pure functions of a run, the site's earlier runs and, while an alarm is open, what it was raised on."""

from collections.abc import Callable, Mapping
from typing import Any

from crawler.watch.fields import check_fields
from crawler.watch.history import History, Run, pools, share
from crawler.watch.pace import check_few_new, check_stale
from crawler.watch.verdicts import State, Verdict

_FEW = 5
"""Articles, or runs, of which at least so many are looked at."""
_RECENT = 20
"""Runs."""
_HALF = 0.5
_SLOW_SECONDS = 1.0
"""A site is not slow for less than so much more than usual."""

Check = Callable[[Run, History, Any], Verdict]


def check_all(run: Run, history: History, usual: Mapping[str, Any]) -> list[Verdict]:
    """All verdicts on a run.

    Args:
        run: an ordinary run, which ended.
        history: the site's ordinary runs before it.
        usual: of each open alarm, by its check, what the site was compared with when it was raised.
    """
    return [check(run, history, usual.get(name)) for name, check in CHECKS.items()]


def check_forbidden(run: Run, history: History, _usual: Any) -> Verdict:
    """The site turns us away: 401, 403, 429 or 451 for its listings, or for most new articles."""
    return _failures(run, history, "forbidden")


def check_errors(run: Run, history: History, _usual: Any) -> Verdict:
    """No listing answers, or most new articles give no record."""
    if run.reason in {"site_in_trouble", "robots_unavailable"}:
        return Verdict("errors", "bad", f"the crawl ended early: {run.reason}", {"reason": run.reason})
    return _failures(run, history, "errors")


def _failures(run: Run, history: History, check: str) -> Verdict:
    asked = run.listed("asked") - run.listed("forbidden")
    failed = run.listed("failed")
    turned_away = run.listed("turned_away")
    told = turned_away if check == "forbidden" else failed - turned_away
    kind = "turned away (401, 403, 429 or 451)" if check == "forbidden" else "failed"
    if asked and failed == asked and told > failed / 2:
        message = f"every listing that was asked for {kind}: {told} of {asked}"
        return Verdict(check, "bad", message, {"listings_asked": asked, "listings_failed": told})

    def wrong(one: Run) -> int:
        return one.turned_away if check == "forbidden" else one.failed

    def tried(one: Run) -> int:
        return one.read + one.failed + one.turned_away

    pool = next(pools([run, *history.runs[:_RECENT]], tried, _FEW), None)
    state: State = "unsure" if failed == asked else "good"
    if pool is None:
        return Verdict(check, state)
    now = share(pool, wrong, tried)
    usual = share(history.without(check)[len(pool) - 1 :], wrong, tried)
    evidence = {"articles_tried": sum(map(tried, pool)), "articles_failed": sum(map(wrong, pool)), "usual": usual}
    if now >= _HALF and now >= usual + 0.3:
        message = (
            f"{evidence['articles_failed']} of the last {evidence['articles_tried']} articles {kind}; "
            f"usually {usual:.0%} do"
        )
        return Verdict(check, "bad", message, evidence, usual)
    return Verdict(check, state if now < max(0.3, usual + 0.1) else "unsure", "", evidence)


def check_robots(run: Run, history: History, _usual: Any) -> Verdict:
    """robots.txt forbids most of what is asked for, and did not before."""

    def asked(one: Run) -> int:
        return one.forbidden + one.read + one.failed + one.turned_away + one.listed("asked") - one.listed("forbidden")

    pool = next(pools([run, *history.runs[:_RECENT]], asked, 1), None)
    earlier = history.without("robots")[:_RECENT]
    if pool is None or len(earlier) < 3:
        return Verdict("robots", "unsure")
    now = share(pool, _forbidden, asked)
    usual = share(earlier, _forbidden, asked)
    told = sum(map(_forbidden, pool))
    evidence = {"forbidden": told, "asked": sum(map(asked, pool)), "usual": usual}
    if now >= _HALF and usual <= 0.1:
        return Verdict("robots", "bad", f"robots.txt now forbids {told} of {evidence['asked']} pages", evidence, usual)
    return Verdict("robots", "good" if now <= max(0.2, usual) else "unsure", "", evidence)


def _forbidden(run: Run) -> int:
    return run.forbidden


def check_none_found(run: Run, history: History, _usual: Any) -> Verdict:
    """The listings answer and name no article, where they always did."""

    def answered(one: Run) -> int:
        return one.listed("asked") - one.listed("unchanged") - one.listed("failed") - one.listed("forbidden")

    if answered(run) <= 0:
        return Verdict("none_found", "unsure")
    if run.listed("found"):
        return Verdict("none_found", "good")
    earlier = [one.listed("found") for one in history.without("none_found") if answered(one) > 0][:_RECENT]
    if len(earlier) < _FEW or min(earlier) == 0:
        return Verdict("none_found", "unsure")
    evidence = {"listings": answered(run), "usual": sorted(earlier)[len(earlier) // 2]}
    message = f"{answered(run)} listings answered and named no article; usually they name {evidence['usual']}"
    return Verdict("none_found", "bad", message, evidence, evidence["usual"])


def check_slow(run: Run, history: History, usual: Any) -> Verdict:
    """The site's answers take several times as long as usual."""
    if run.latency is None:
        return Verdict("slow", "unsure")
    if usual is None:
        earlier = sorted(one.latency for one in history.without("slow") if one.latency is not None)
        if len(earlier) < 8:
            return Verdict("slow", "unsure")
        middle, high = earlier[len(earlier) // 2], earlier[int(0.98 * (len(earlier) - 1))]
        usual = {"median": middle, "limit": max(4 * middle, 1.5 * high, middle + _SLOW_SECONDS)}
    limit, middle = usual["limit"], usual["median"]
    evidence = {"seconds": run.latency, **usual}
    if run.latency > limit:
        message = f"answers take {run.latency:.2f} s, usually {middle:.2f} s"
        return Verdict("slow", "bad", message, evidence, usual)
    return Verdict("slow", "good" if run.latency < 0.7 * limit else "unsure", "", evidence)


def check_died(ended: list[str | None]) -> State:
    """Whether a site's runs die: two in a row do.

    Args:
        ended: why the last runs ended, newest first; runs that go on are not among them.
    """
    if not ended or ended[0] != "died":
        return "good" if ended else "unsure"
    return "bad" if ended[1:2] == ["died"] else "unsure"


CHECKS: dict[str, Check] = {
    "forbidden": check_forbidden,
    "robots": check_robots,
    "errors": check_errors,
    "none_found": check_none_found,
    "stale": check_stale,
    "few_new": check_few_new,
    "fields": check_fields,
    "slow": check_slow,
}
