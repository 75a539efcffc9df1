"""Sources, claims and readings of them, made small for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from extractors.model import Article, Claim, Page, Paragraph, Source, Value
from warehouse.database import Place, open_warehouse
from warehouse.load import Reading, load_readings, load_sources

RUN = UUID(int=1)
FIRST_LOAD = datetime(2026, 1, 5, tzinfo=UTC)

NEWSROOM = Source(
    id="acme_newsroom",
    name="Acme newsroom",
    kind="feed",
    url="https://acme.example/feed",
    authority="company",
    company="Acme",
)
WIRE = Source(id="wire", name="A wire", kind="feed", url="https://wire.example/feed", authority="wire")
PAPER = Source(id="paper", name="A paper", kind="sitemap", url="https://paper.example/map", authority="press")


def figure(text: str) -> Value:
    """`1200 EUR`, `~1200 EUR`, `>1200 EUR`, `<1200 EUR`, `1000-1200 EUR`."""
    amount, _, unit = text.partition(" ")
    approx, amount = amount.startswith("~"), amount.lstrip("~")
    if amount.startswith(">"):
        return Value(Decimal(amount[1:]), None, unit, approx)
    if amount.startswith("<"):
        return Value(None, Decimal(amount[1:]), unit, approx)
    low, dash, high = amount.partition("-")
    return Value(Decimal(low), Decimal(high if dash else low), unit, approx)


def claim(metric: str, period: str | None, said: str | None, **fields: object) -> Claim:
    """A claim of Acme: `said` is a figure, or None for withheld; its quote is set by `reading`."""
    given: dict[str, object] = {
        "company": "Acme",
        "metric": metric,
        "scope": None,
        "basis": "actual",
        "measure": "level",
        "status": "withheld" if said is None else "disclosed",
        "period": period,
        "value": None if said is None else figure(said),
        "quote": "",
        "quote_in": "text",
        "start": 0,
        "end": 0,
        "confidence": 0.9,
        "rule": "test",
    }
    return Claim(**(given | fields))  # type: ignore[arg-type]


def reading(
    published: str,
    claims: Sequence[Claim],
    *,
    source: str = "acme_newsroom",
    url: str | None = None,
    body: bytes | None = None,
    fetched_at: datetime = datetime(2026, 1, 1, tzinfo=UTC),
    issuer: str | None = None,
    title: str | None = "A title",
) -> Reading:
    """A reading whose text holds a sentence for each claim, which is the claim's quote."""
    sentences, placed, end = [], [], 0
    for number, one in enumerate(claims):
        sentence = f"Sentence {number} on {one.metric}, 约 🙂."
        start, end = end, end + len(sentence) + 2
        sentences.append(sentence)
        fields = {name: getattr(one, name) for name in Claim.__dataclass_fields__}
        quote = {"quote": sentence, "start": start, "end": start + len(sentence)} if not one.quote else {}
        placed.append(Claim(**(fields | quote)))
    address = url or f"https://{source}.example/{published}"
    article = Article(
        title=title,
        paragraphs=tuple(map(Paragraph, sentences)),
        published=published,
        language="en",
        issuer=issuer,
    )
    page = Page(
        source_id=source,
        url=address,
        fetched_at=fetched_at,
        body=address.encode() if body is None else body,
        headers={"content-type": "text/html; charset=utf-8"},
    )
    return Reading(page, "a.warc.gz", 0, article, tuple(placed))


def told_of(company: str, one: Reading) -> Reading:
    """The same reading with Acme under another name, at addresses of its own: many cases fit into one warehouse."""
    is_own = one.page.source_id == NEWSROOM.id
    article = one.article and replace(one.article, issuer=company if is_own else None)
    claims = tuple(replace(each, company=company) if each.company == "Acme" else each for each in one.claims)
    return replace(one, page=replace(one.page, url=f"{one.page.url}#{company}"), article=article, claims=claims)


YEARS = [claim("revenue", f"20{year}", f"{year} EUR") for year in range(10, 25)]


def load_years(place: Place, day: str) -> None:
    """An article of that day, which tells Acme's revenue of 15 years, into a warehouse or a lake."""
    with open_warehouse(place) as db:
        load_sources(db, [NEWSROOM])
        load_readings(db, [reading(day, YEARS)], run_id=RUN, extractor_version="1", recorded_at=FIRST_LOAD)
