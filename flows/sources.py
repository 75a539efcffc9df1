"""The user's list of sources: a folder of TOML files, one a source."""

from __future__ import annotations

import math
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

import soupsieve
from babel import Locale
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from extractors.model import Authority, Layout, Selectors, Source, SourceKind

_Fault = tuple[str | None, str]
"""The key that is set wrongly (None: one that is not set) and the problem in words."""

_SOURCE = TypeAdapter(Source)
_FIELDS = tuple(field.name for field in fields(Source) if field.name != "id")
_SELECTORS = tuple(field.name for field in fields(Selectors))
_PARTS = {"selectors": _SELECTORS, "layouts": tuple(field.name for field in fields(Layout))}
_CHOICES = {"kind": get_args(SourceKind), "authority": get_args(Authority)}
_TYPES = {"string_type": "text in quotes", "bool": "true or false", "float": "a number"}


SECRET = re.compile(r"\{secret:([a-z][a-z0-9_]*)\}")
"""Where a header's value has a secret, which is kept elsewhere under this name."""
_EDGAR_PACE = 0.1


class SourceError(Exception):
    """A fault of one source file, in one line: file, line, field, what is wrong, what is allowed."""

    def __init__(self, path: Path, problem: str, *, line: int | None = None) -> None:
        """`problem` names the field and reads as a sentence without its full stop."""
        super().__init__(f"{path}:{line}: {problem}" if line else f"{path}: {problem}")
        self.path = path


def read_sources(folder: Path, *, newsroom: str) -> tuple[list[Source], list[SourceError]]:
    """The sources of a folder's `*.toml` files, sorted by id (the file's name without `.toml`), and their faults.

    `{newsroom}` in a `url` stands for the base URL given; a folder's path counts from beside `folder`. A faulty file
    costs only itself: it gives an error for each of its faults, and no source.
    """
    if not folder.is_dir():
        return [], [SourceError(folder, "there is no such folder of sources")]
    sources, errors = [], []
    for path in sorted((path for path in folder.glob("*.toml") if path.is_file()), key=lambda path: path.stem):
        try:
            text = path.read_bytes().decode("utf-8-sig")
            source, faults = _read_source(path.stem, text, newsroom.rstrip("/"))
            if source and not faults:
                sources.append(_rooted(source, folder.absolute().parent))
            errors += [SourceError(path, problem, line=_line(text, key)) for key, problem in faults]
        except OSError as error:
            errors.append(SourceError(path, f"cannot be read ({error.strerror})"))
        except UnicodeDecodeError:
            errors.append(SourceError(path, "is not UTF-8 text"))
        except tomllib.TOMLDecodeError as error:
            errors.append(SourceError(path, f"is not TOML: {error}"))
    return sources, errors


def _read_source(source_id: str, text: str, newsroom: str) -> tuple[Source | None, list[_Fault]]:
    """The source that a file's text describes, and what is wrong with it. Raises TOMLDecodeError."""
    table = tomllib.loads(text)
    if "id" in table:
        return None, [("id", 'key "id" is not allowed: a source\'s id is the name of its file')]
    if isinstance(table.get("url"), str):
        table["url"] = table["url"].replace("{newsroom}", newsroom)
    try:
        source = _SOURCE.validate_python({**table, "id": source_id})
    except ValidationError as error:
        return None, [_describe(detail) for detail in error.errors()]
    return source, list(_check(source))


def _rooted(source: Source, root: Path) -> Source:
    """A path made absolute, so that a scheduled run finds it from wherever it starts."""
    return replace(source, url=os.path.normpath(root / source.url)) if _is_path(source) else source


def _is_path(source: Source) -> bool:
    return source.kind == "folder" or (source.kind == "warc" and "://" not in source.url)


def _describe(detail: ErrorDetails) -> _Fault:
    """The key and the problem of one of pydantic's findings, in our words."""
    key, kind = str(detail["loc"][-1]), detail["type"]
    if kind == "unexpected_keyword_argument":
        allowed = _PARTS.get(str(detail["loc"][0]), _FIELDS)
        close = get_close_matches(key, allowed, n=1)
        meant = f'did you mean "{close[0]}"?' if close else f"allowed are {', '.join(allowed)}"
        return key, f'key "{key}" is unknown: {meant}'
    if kind in ("missing", "missing_argument", "missing_keyword_only_argument"):
        return None, f'key "{key}" is missing'
    if kind == "literal_error":
        return key, f'{key} = "{detail["input"]}" is not allowed: {_allowed(str(detail["input"]), _CHOICES[key])}'
    wanted = next((words for name, words in _TYPES.items() if kind.startswith(name)), detail["msg"])
    return key, f"{key} must be {wanted}, not {detail['input']!r}"


def _allowed(given: str, choices: tuple[str, ...]) -> str:
    return f"use {', '.join(choices)}{_meant(given, choices)}"


def _check(source: Source) -> Iterator[_Fault]:
    """What the types of the fields do not tell: the key and the problem of each fault."""
    for key in ("name", "company", "publisher"):
        if getattr(source, key) == "":
            yield key, f'{key} = "" says nothing: fill it in' + ("" if key == "name" else " or leave it out")
    if problem := _url_problem(source):
        yield "url", f'url = "{source.url}" {problem}'
    if source.authority == "company" and source.company is None:
        yield "authority", 'authority = "company" needs company = "...", the name of the company that speaks'
    if source.language is not None and source.language not in _languages():
        yield "language", f'language = "{source.language}" is no ISO 639-1 code: write "en", "de", "nl", ...'
    if not (source.pace_seconds >= 0 and math.isfinite(source.pace_seconds)):
        yield "pace_seconds", f"pace_seconds = {source.pace_seconds} is not allowed: seconds from 0 up"
    if source.concurrency < 1:
        yield "concurrency", f"concurrency = {source.concurrency} is not allowed: requests from 1 up"
    if source.expected_per_week is not None and not 0 < source.expected_per_week < math.inf:
        yield "expected_per_week", f"expected_per_week = {source.expected_per_week} is not allowed: pages from 0 up"
    if source.kind == "edgar" and (source.pace_seconds < _EDGAR_PACE or source.concurrency > 1):
        yield "pace_seconds", f"EDGAR takes ten requests a second: pace_seconds from {_EDGAR_PACE} up, concurrency 1"
    yield from _check_selectors(source)
    yield from _check_layouts(source)
    yield from _check_headers(source)
    try:
        re.compile(source.include or "")
    except re.error as error:
        yield "include", f'include = "{source.include}" is no regular expression: {error}'


def _check_selectors(source: Source) -> Iterator[_Fault]:
    for key in _SELECTORS:
        selector = getattr(source.selectors, key)
        try:
            soupsieve.compile(selector or "*")
        except soupsieve.SelectorSyntaxError as error:
            problem = str(error).partition("\n")[0]
            yield key, f'{key} = "{selector}" is no CSS selector: {problem}'


def _check_layouts(source: Source) -> Iterator[_Fault]:
    for selector in (each for layout in source.layouts for each in (layout.body, layout.leave_out) if each is not None):
        try:
            soupsieve.compile(selector)
        except soupsieve.SelectorSyntaxError as error:
            problem = str(error).partition("\n")[0]
            yield "layouts", f"{selector!r} is no CSS selector: {problem}"


def _check_headers(source: Source) -> Iterator[_Fault]:
    for name, value in source.headers.items():
        if not re.fullmatch(r"[\w-]+", name) or re.search(r"[^\t -~]", value):
            yield name, f"headers.{name} is no header of HTTP"
        elif re.search(r"(?i)auth|token|key|cookie|secret", name) and not SECRET.search(value):
            yield name, f'headers.{name} is a secret: write "{{secret:name}}" and keep it elsewhere'


def _url_problem(source: Source) -> str | None:
    if placeholder := re.search(r"\{.*?\}", source.url):
        return f"has the unknown placeholder {placeholder[0]}: only {{newsroom}} is one"
    if source.kind == "folder" and ("://" in source.url or not source.url.strip()):
        return "must be a folder's path"
    if _is_path(source):
        return None if source.url.strip() else "must be a path or an address"
    try:
        parts = urlsplit(source.url)
        _ = parts.port  # raises where it is no number
    except ValueError as error:
        return f"is no URL: {error}"
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", source.url):
        return f"must be an http:// or https:// address, for kind {source.kind}"
    return "must not hold a user name or password" if parts.username is not None else None


@cache
def _languages() -> frozenset[str]:
    return frozenset(str(code) for code in Locale("en").languages if len(str(code)) == 2)


def _line(text: str, key: str | None) -> int | None:
    """The line on which a key is set; None where it is not."""
    for number, line in enumerate(text.splitlines() if key else (), start=1):
        if re.match(rf"""\s*["']?{re.escape(str(key))}["']?\s*[=.]""", line) or line.strip().startswith(f"[{key}"):
            return number
    return None


def choose_sources(
    sources: Sequence[Source],
    errors: Sequence[SourceError],
    ids: Sequence[str] | None,
    authorities: Sequence[Authority] | None = None,
) -> tuple[Source, ...]:
    """The sources with these ids, enabled or not; where none is named, every enabled one, or those of `authorities`.

    Raises SourceError where an id names a faulty file, or none.
    """
    if not ids:
        return tuple(each for each in sources if each.enabled and each.authority in (authorities or [each.authority]))
    by_id = {source.id: source for source in sources}
    for unknown in (each for each in ids if each not in by_id):
        for error in errors:
            if error.path.stem == unknown:
                raise error
        raise SourceError(Path(f"{unknown}.toml"), f"there is no such source{_meant(unknown, by_id)}")
    return tuple(by_id[each] for each in dict.fromkeys(ids))


def sources_of(companies: Iterable[str], sources: Sequence[Source]) -> list[str]:
    """The ids of the sources of these companies, enabled or not. Raises SourceError where a company has none."""
    own = {source.company.lower(): source.company for source in sources if source.company}
    for name in companies:
        if name.lower() not in own:
            raise SourceError(Path("sources"), f"none is of the company {name!r}{_meant(name, own.values())}")
    named = {name.lower() for name in companies}
    return [source.id for source in sources if source.company and source.company.lower() in named]


def _meant(given: str, choices: Iterable[str]) -> str:
    close = get_close_matches(given, choices, n=1)
    return f' (did you mean "{close[0]}"?)' if close else ""
