"""A disclosure event in one plain line."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flows.figures import bounds_text

_LINES = {
    "first_disclosed": "{company} discloses {what}{period} for the first time{figure}",
    "stopped": "{company} no longer discloses {what}{from_on}",
    "resumed": "{company} discloses {what} again{period}{figure}",
    "withheld": "{company} withholds {what}{period}",
    "restated": "{company} restates {what}{period}{change}",
    "guidance_set": "{company} sets guidance on {what}{period}{figure}",
    "guidance_raised": "{company} raises its guidance on {what}{period}{change}",
    "guidance_cut": "{company} cuts its guidance on {what}{period}{change}",
    "guidance_withdrawn": "{company} withdraws its guidance on {what}{period}",
    "target_met": "{company} meets its target on {what}{period}{against}",
    "target_missed": "{company} misses its target on {what}{period}{against}",
    "fell_silent": "{company} has fallen silent on {what}{period}{instead}",
    "redefined": "{company} gives {replacement} where it used to give {what}{period}",
}
EVENTS = tuple(_LINES)
"""The kinds of events."""


def event_text(event: Mapping[str, Any]) -> str:
    """What happened, from a row of `warehouse.site.read_events`.

    >>> event_text({"event": "withheld", "company": "Acme", "metric": "unit_sales", "period": "2025"})
    'Acme withholds unit sales for 2025'
    """
    scope = f" ({event['scope']})" if event.get("scope") else ""
    now, before = figure_of(event), figure_of(event, "_before")
    replacement = _plain(event.get("replacement_metric") or "something else")
    period = event.get("period")
    line = _LINES.get(event["event"], "{company}: {event} of {what}{period}")
    return line.format(
        company=event["company"],
        event=_plain(event["event"]),
        what=_plain(event["metric"]) + scope,
        period=f" for {period}" if period else "",
        from_on=f" from {period.split('/')[0]} on" if period and period.split("/")[0] != ".." else "",
        figure=f": {now}" if now else "",
        change=f": {before} → {now}" if now and before else "",
        against=f": {now}, target {before}" if now and before else "",
        instead=f"; gives {replacement} instead" if event.get("replacement_metric") else "",
        replacement=replacement,
    )


def figure_of(row: Mapping[str, Any], which: str = "") -> str:
    """The row's figure with its unit; empty where it has none. `which` = `_before` for what it is compared with.

    >>> figure_of({"low": Decimal(940_000_000), "high": Decimal(980_000_000), "unit": "EUR"})
    '940–980m EUR'
    """
    low, high, unit = (row.get(f"{name}{which}") for name in ("low", "high", "unit"))
    if low is None and high is None:
        return ""
    text = bounds_text(_decimal(low), _decimal(high), is_approx=bool(row.get(f"is_approx{which}")))
    return text + ("%" if unit == "%" else f" {unit}" if unit not in (None, "count") else "")


def _decimal(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _plain(name: str) -> str:
    return name.replace("_", " ")
