"""The newsroom's writers: facts and turns of phrase in, a title and marked-up text out, as each language writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from flows.newsroom.chronicle import file_ids, read_company, read_toml
from flows.newsroom.story import Release
from flows.newsroom.writer import Writer

FILTERS = ("number", "rate", "money", "bare", "millions", "cell", "day", "month", "ordinal")


def write(template: str, language: str, facts: Mapping[str, Any]) -> str:
    """A text with its figures filled in. Raises jinja2.UndefinedError where one is missing."""
    text = (_template(template, language).render(facts) if "{" in template else template).strip()
    for plain, typeset in Writer(language).words.get("typography", {}).items():
        text = text.replace(plain, typeset)
    return text


@cache
def history() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """What a journalist looks figures up in: company -> quarter -> metric -> Figure, with `year` and `guidance`."""
    return {
        company_id: {release.quarter.label: _facts(release) for release in read_company(company_id).releases}
        for company_id in file_ids("companies")
    }


def write_release(release: Release, language: str) -> tuple[str, str]:
    """Title and marked-up text of a quarter's press release, in the company's own turns of phrase."""
    texts = _texts(release.company)
    title = release.own.get("title") or _vary(texts["titles"], release.ordinal)
    chosen = (_phrase(spec, release, place) for place, spec in enumerate(texts["paragraphs"]))
    facts = _facts(release)
    return write(title, language, facts), "\n\n".join(write(phrase, language, facts) for phrase in chosen if phrase)


def _facts(release: Release) -> dict[str, Any]:
    return {
        **release.figures,
        "q": release.quarter,
        "year": release.full_year,
        "guidance": release.guidance,
        "published": release.published,
    }


def _phrase(spec: Mapping[str, Any], release: Release, place: int) -> str | None:
    """The wording of one paragraph for one release; None where the release has nothing to say there."""
    if release.quarter.number not in spec.get("quarters", (1, 2, 3, 4)):
        return None
    if (own := release.own.get(spec.get("own", ""))) is not None:
        return own
    return _vary(_variants(spec, release), release.ordinal + place)


def _variants(spec: Mapping[str, Any], release: Release) -> Any:
    metric = spec.get("metric")
    if metric is not None:
        if metric not in release.figures:
            return spec.get("withheld", ()) if metric in release.withheld else ()
        state = release.figures[metric].state
        if state not in spec and "any" not in spec:
            raise ValueError(f"texts/{release.company}.toml: {metric} has no wording for {state!r}")
        return spec.get(state, spec.get("any", ()))
    if spec.get("guidance"):
        return spec.get(release.guidance.kind, ()) if release.guidance else ()
    return spec.get("texts", ())


def _vary(variants: Sequence[str], turn: int) -> str:
    return variants[turn % len(variants)] if variants else ""


@cache
def _texts(company_id: str) -> Mapping[str, Any]:
    return read_toml(f"texts/{company_id}.toml")


@cache  # a turn of phrase serves several releases, and compiling it is what takes time
def _template(text: str, language: str) -> Template:
    return _environment(language).from_string(text)


@cache
def _environment(language: str) -> Environment:
    environment = Environment(undefined=StrictUndefined, trim_blocks=True)  # noqa: S701 (text; the page escapes it)
    writer = Writer(language)
    environment.filters |= {name: getattr(writer, name) for name in FILTERS}
    return environment
