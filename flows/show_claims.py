"""A document's claims for a terminal: a table, and the sentences that are its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from extractors.model import Article, Claim, Value
from flows.printable import printable


def claims_table(article: Article, claims: Sequence[Claim]) -> RenderableType:
    """The claims, numbered, and under them their sentences, each once, with the numbers of its claims."""
    if not claims:
        return Text(f"No claim in this document (language {article.language}, published {article.published}).")
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("#", justify="right")
    for heading in ("company", "metric", "basis", "period"):
        table.add_column(heading, overflow="fold")
    table.add_column("value", justify="right", overflow="fold")
    for number, claim in enumerate(claims, 1):
        metric = f"{claim.metric} ({claim.scope})" if claim.scope else claim.metric
        table.add_row(
            str(number),
            Text(printable(claim.company)),
            Text(printable(metric) if claim.measure == "level" else printable(f"{metric}, change")),
            claim.basis,
            claim.period or "?",
            value_text(claim.value) if claim.value else Text("withheld", style="bold reverse"),
        )
    return Group(table, Text(), *_evidence(claims))


def _evidence(claims: Sequence[Claim]) -> list[Text]:
    numbers: dict[tuple[str, int, str], list[int]] = {}
    for number, claim in enumerate(claims, 1):
        numbers.setdefault((claim.quote_in, claim.start, claim.quote), []).append(number)
    return [
        Text.assemble(
            ("".join(f"[{number}]" for number in its_claims), "bold"),
            f" {quote_in}:{start} ",
            (printable(quote), "underline"),
        )
        for (quote_in, start, quote), its_claims in sorted(
            numbers.items(), key=lambda item: (item[0][0] == "text", item[0][1])
        )
    ]


def value_text(value: Value) -> str:
    """A value as a person writes it, nothing rounded.

    >>> value_text(Value(Decimal(70_000_000), None, "count"))
    '> 70,000,000'
    >>> value_text(Value(Decimal("51"), Decimal("53"), "%", approx=True))
    '~ 51–53 %'
    """
    low, high = (_number(end) for end in (value.low, value.high))
    if value.low is None:
        amount = f"< {high}"
    elif value.high is None:
        amount = f"> {low}"
    else:
        amount = low if value.low == value.high else f"{low}–{high}"
    return f"{'~ ' if value.approx else ''}{amount}{'' if value.unit == 'count' else f' {value.unit}'}"


def _number(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():,f}"
