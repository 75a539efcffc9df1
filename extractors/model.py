"""The nouns of the pipeline, one a stage: Source, Candidate, Page, Article, Claim.

Every stage takes the noun before it and gives the next; all of them are immutable values.
"""

from __future__ import annotations

import hashlib
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Literal
from uuid import UUID

SourceKind = Literal["feed", "sitemap", "listing", "edgar", "wayback", "warc", "folder"]
Authority = Literal["company", "regulator", "wire", "press"]
Role = Literal["headline", "lead", "paragraph", "list_item", "quote", "caption", "table"]
Basis = Literal["actual", "guidance", "estimate"]
Measure = Literal["level", "change"]
Status = Literal["disclosed", "withheld"]


def content_id(*parts: str | bytes) -> UUID:
    """A 128-bit id that the content alone decides: the same parts give the same id on every machine."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return UUID(bytes=digest.digest())


@dataclass(frozen=True, kw_only=True)
class Selectors:
    """Where a listing's items stand in its HTML, as CSS selectors; all but `item` and `next` count within an item."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 (a setting that pydantic reads, no field)

    item: str = "article"
    link: str = "a[href]"
    title: str | None = None
    """None = the link's own text."""
    date: str | None = "time"
    """An element with a `datetime` attribute, or with the date as its text."""
    next: str | None = 'a[rel~="next"], link[rel~="next"]'
    """The link to the next page; None = there is one page only."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a source's pages are built: where they keep the article, as CSS selectors."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 (a setting that pydantic reads, no field)

    body: str
    leave_out: str | None = None
    """What stands within the body and is not of the article."""
    valid_until: date | None = None
    """The last day on which a page was published that is built so; None = it still is."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """One place that publishes, as its TOML file says; `id` is the file's name without `.toml`."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 (a setting that pydantic reads, no field)

    id: str
    name: str
    kind: SourceKind
    url: str
    """Where it is listed; a path of a folder or of a WARC file is relative to the working directory."""
    authority: Authority
    company: str | None = None
    """The company whose own statements these are; None where several are written about."""
    publisher: str | None = None
    language: str | None = None
    """ISO 639-1, where every page has the same; None = each page's own."""
    enabled: bool = True
    needs_contact: bool = False
    """The source asks for a declared contact address: not fetched without one."""
    allow_private: bool = False
    """Loopback and private addresses may be fetched (the embedded newsroom)."""
    pace_seconds: float = 1.0
    """Least time between two requests to its host."""
    concurrency: int = 1
    """Most requests to its host at one time."""
    include: str | None = None
    """A regular expression that a candidate's URL must match."""
    layouts: tuple[Layout, ...] = ()
    """None where a generic reader finds the article; the first that is valid and finds a body is used."""
    selectors: Selectors = field(default_factory=Selectors)
    """For a listing."""
    expected_per_week: float | None = None
    """How many new pages a week are usual; a tenth of it is reported. None = not known."""
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Sent to its own host only; `{secret:name}` stands for a secret that is looked up when a request is made."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A page that a source names and that has not been read: where it is, and what the listing tells of it."""

    source_id: str
    url: str
    title: str | None = None
    published: str | None = None
    """`YYYY-MM-DD` or `YYYY-MM`, as the listing says: a hint, used where the page itself has no date."""
    updated_at: datetime | None = None
    """When the listing says that the page was last changed: a page that is held from before is worth another look."""
    issuer: str | None = None
    """The company that speaks in it, where the source names it beside the link (a wire, a regulator)."""
    held_in: str | None = None
    """`file:` URL of a WARC file and, as its fragment, the byte at which the page's record begins; None = fetch it."""


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One request and its answer as they went over the wire; a secret in the request is blotted out."""

    url: str
    sent_at: datetime
    request_headers: tuple[tuple[str, str], ...]
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    """In their order, with the names as they came."""
    body: bytes = b""
    """As it was sent: still compressed, chunks joined."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """What came over the wire for one URL: bytes, headers, when."""

    source_id: str
    url: str
    fetched_at: datetime
    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    candidate: Candidate | None = None
    exchanges: tuple[Exchange, ...] = field(default=(), repr=False)
    """What was asked and answered for it, redirects first; none for a file."""
    is_unchanged: bool = False
    """The server said that it is the one that was archived before, whence its body comes."""

    @property
    def base_url(self) -> str:
        """What its relative links count from: the address to which redirects led."""
        return self.exchanges[-1].url if self.exchanges else self.url

    @cached_property
    def page_id(self) -> UUID:
        """Of URL and body: the same bytes at the same address are one page, a changed page is another."""
        return content_id(self.url, self.body)

    @property
    def content_type(self) -> str:
        """The media type without parameters, in lower case; empty where the server named none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of an article: its text and its role.

    A table is one paragraph: a row a line, cells separated by tabs, the header rows first.
    """

    text: str
    role: Role = "paragraph"


@dataclass(frozen=True, kw_only=True)
class Article:
    """A page as a reader sees it."""

    title: str | None
    paragraphs: tuple[Paragraph, ...]
    """The body, in order; the title is not among them."""
    published: str
    """`YYYY-MM-DD` or `YYYY-MM`, the precision that the page has: it decides what "last year" means."""
    language: str
    """ISO 639-1."""
    issuer: str | None = None
    """The company that speaks ("we", "the company"), where the source or the page says so."""
    publisher: str | None = None
    subtitle: str | None = None
    byline: str | None = None
    """Who wrote it; several are separated by commas."""
    published_in: str | None = None
    """Where `published` was found: `json-ld`, `meta`, `json`, `url`, `text`, `file`, or `listing`."""
    modified: str | None = None
    """`YYYY-MM-DD` or `YYYY-MM`: when the page says that it was last changed."""
    canonical_url: str | None = None
    """The address that the page says to be its own."""
    note: str | None = None
    """What was not as the source says, for those who run it: told, and not kept."""

    @cached_property
    def text(self) -> str:
        """The paragraphs, separated by a blank line: the text that quotes and offsets refer to."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Value:
    """A figure as a range: exact where `low == high`, a bound where one end is None."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    """ISO 4217 code, `%`, `pp`, `bp`, `tCO2e`, or `count`."""
    approx: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement that a company discloses or withholds one metric for one period."""

    company: str
    metric: str
    scope: str | None
    """Product, segment or region that narrows the metric, as the text names it; None = the whole company."""
    basis: Basis
    measure: Measure
    status: Status
    period: str | None
    """`2016`, `2018-Q4`, `2017-H1`, `2016-11`, `2016-12-31`, `first/last` of two of these, or `..` for an open end."""
    value: Value | None
    """None when withheld."""
    quote: str
    quote_in: Literal["title", "text"]
    start: int
    """`article.text[start:end] == quote` (or of `article.title`); characters."""
    end: int
    confidence: float
    rule: str
    """What made the claim: the name of a rule or of a weights file."""

    @property
    def span(self) -> Span:
        """The calendar days of `period`."""
        return period_span(self.period)


@dataclass(frozen=True, slots=True)
class Span:
    """The calendar days of a period, both ends included; None is an open or an unknown end."""

    first: date | None
    last: date | None


_LABEL = re.compile(
    r"(?:FY)?(?P<year>\d{4})(?:-?Q(?P<quarter>[1-4])|-?H(?P<half>[12])|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?"
)


@lru_cache(maxsize=4096)
def period_span(label: str | None) -> Span:
    """The calendar days that a period label covers; a fiscal label is read as the calendar's.

    >>> period_span("2018-Q4")
    Span(first=datetime.date(2018, 10, 1), last=datetime.date(2018, 12, 31))
    >>> period_span("2025-Q1/..")
    Span(first=datetime.date(2025, 1, 1), last=None)
    >>> period_span(None)
    Span(first=None, last=None)

    Raises ValueError where the label is none.
    """
    if label is None:
        return Span(None, None)
    if "/" in label:
        left, _, right = label.partition("/")
        first = None if left == ".." else period_span(left).first
        last = None if right == ".." else period_span(right).last
        return Span(first, last)
    match = _LABEL.fullmatch(label)
    if match is None:
        raise ValueError(f"no period: {label!r}")
    year = int(match["year"])
    quarter, half, month, day = (int(part) if part else None for part in match.group("quarter", "half", "month", "day"))
    if quarter:
        months = (3 * quarter - 2, 3 * quarter)
    elif half:
        months = (6 * half - 5, 6 * half)
    else:
        months = (month or 1, month or 12)
    if day:
        return Span(date(year, months[0], day), date(year, months[0], day))
    return Span(date(year, months[0], 1), date(year, months[1], monthrange(year, months[1])[1]))


_PUBLISHED = re.compile(r"\d{4}-\d\d(?:-\d\d)?")


@lru_cache(4096)
def published_span(published: str) -> tuple[date, date]:
    """The first and the last day on which something appeared that is dated by day or by month.

    >>> published_span("2017-01")
    (datetime.date(2017, 1, 1), datetime.date(2017, 1, 31))

    Raises ValueError where it is neither `YYYY-MM-DD` nor `YYYY-MM`.
    """
    if not _PUBLISHED.fullmatch(published):
        raise ValueError(f"{published!r} is no date: write YYYY-MM-DD or YYYY-MM")
    year, month, *day = (int(part) for part in published.split("-"))
    try:
        first = date(year, month, *(day or [1]))
    except ValueError as error:
        raise ValueError(f"{published!r} is no date: {error}") from error
    return first, first if day else first.replace(day=monthrange(year, month)[1])


def known_at(published: str, fetched_at: datetime) -> datetime:
    """When an article had surely appeared: the end of its published day or month, but never after we held it.

    >>> known_at("2017-01", datetime(2026, 5, 1, tzinfo=UTC))
    datetime.datetime(2017, 1, 31, 23, 59, 59, tzinfo=datetime.timezone.utc)

    Raises ValueError where `published` is no date.
    """
    _, last = published_span(published)
    return min(datetime.combine(last, time(23, 59, 59), UTC), fetched_at)
