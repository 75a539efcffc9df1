"""The companies' files: the figures and dates of the story, as `story`'s nouns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from flows.newsroom.story import Amount, Company, Figure, Guidance, Quarter, Release

FOLDER = files("flows.newsroom")


def file_ids(folder: str) -> tuple[str, ...]:
    """What has a file in a folder of the newsroom (`companies`, `press`), sorted."""
    names = (entry.name for entry in (FOLDER / folder).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def read_company(company_id: str) -> Company:
    """A company's file. Raises FileNotFoundError where there is none, ValueError naming what is wrong in it."""
    table = read_toml(f"companies/{company_id}.toml")
    metrics, entries, news = table.pop("metrics"), table.pop("releases"), table.pop("news", [])
    releases = tuple(
        _release(company_id, number, entry, metrics, table.get("year_end_month", 12))
        for number, entry in enumerate(entries)
    )
    return Company(company_id, table.pop("name"), table.pop("language"), table, releases, tuple(news))


def read_toml(path: str) -> dict[str, Any]:
    """A data file of the newsroom; numbers are Decimal or int."""
    return tomllib.loads((FOLDER / path).read_text(encoding="utf-8"), parse_float=Decimal)


def _release(
    company_id: str, ordinal: int, entry: dict[str, Any], metrics: Mapping[str, Any], year_end_month: int
) -> Release:
    label, published, guidance = entry.pop("quarter"), entry.pop("published"), entry.pop("guidance", None)
    match = re.fullmatch(r"(\d{4})-Q([1-4])", label)
    if match is None:
        raise ValueError(f"companies/{company_id}.toml: no quarter: {label!r}")
    quarter = Quarter(int(match[1]), int(match[2]), year_end_month)
    told = {metric: _entry(series, quarter.year, quarter.number) for metric, series in metrics.items()}
    is_due = {metric: label >= series.get("since", "") for metric, series in metrics.items()}
    return Release(
        company=company_id,
        quarter=quarter,
        published=published,
        ordinal=ordinal,
        figures={
            metric: _figure(metric, series, quarter)
            for metric, series in metrics.items()
            if is_due[metric] and not isinstance(told[metric], str)
        },
        full_year=dict(_full_year(metrics, quarter)) if quarter.number == 4 else {},
        withheld=frozenset(metric for metric in metrics if told[metric] == "withheld"),
        guidance=_guidance(guidance, metrics) if guidance else None,
        own=entry,
    )


def _amount(series: Mapping[str, Any], number: Decimal | int) -> Amount:
    scale = series.get("scale", 1)
    return Amount(Decimal(number) * scale, series["unit"], scale, series.get("digits", 0))


def _entry(series: Mapping[str, Any], year: int, number: int) -> Decimal | int | Literal["withheld", "silent"]:
    """What the file has for a quarter; `silent` where it has nothing."""
    quarters = series.get(str(year), ())
    return quarters[number - 1] if number <= len(quarters) else "silent"


def _figure(metric: str, series: Mapping[str, Any], quarter: Quarter) -> Figure:
    now, before = (_entry(series, year, quarter.number) for year in (quarter.year, quarter.year - 1))
    if isinstance(now, str):
        raise ValueError(f"{metric} {quarter.label}: no figure")
    return Figure(
        metric,
        quarter.last.isoformat() if series.get("at_end") else quarter.label,
        _amount(series, now),
        None if isinstance(before, str) else _amount(series, before),
        series.get("is_change", False),
    )


def _full_year(metrics: Mapping[str, Any], quarter: Quarter) -> Iterator[tuple[str, Figure]]:
    for metric, series in metrics.items():
        if series.get("adds_up"):
            now, before = (_amount(series, sum(series[str(year)])) for year in (quarter.year, quarter.year - 1))
            yield metric, Figure(metric, str(quarter.year), now, before)


def _guidance(entry: Mapping[str, Any], metrics: Mapping[str, Any]) -> Guidance:
    series = metrics[entry["metric"]]
    low, high = (_amount(series, entry[end]) if end in entry else None for end in ("low", "high"))
    return Guidance(entry["kind"], entry["metric"], entry["period"], low, high)
