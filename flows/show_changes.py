"""What a replay changed, for a terminal: a table by metric and language, and examples."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.changes import KINDS, Changes, Example
from flows.figures import range_text
from flows.printable import printable
from warehouse.replay import Said


def show_changes(changes: Changes, out: Console) -> None:
    """A row a metric and language; then, of each kind, up to ten claims with their sentence and where it stands."""
    if not changes.claims:
        out.print("No claim has changed.")
        return
    table = Table("metric", "language", box=None)
    for kind in KINDS:
        table.add_column(kind, justify="right")
    for row in changes.table():
        table.add_row(*(str(value) for value in row.values()))
    out.print(table)
    for kind in KINDS:
        if changes.examples[kind]:
            out.print(f"\n{kind}, {min(len(changes.examples[kind]), changes.count(kind))} of {changes.count(kind)}:")
        for example in changes.examples[kind]:
            _show(example, out)


def _show(example: Example, out: Console) -> None:
    claim = example.after or example.before
    if claim is None:
        return
    told = [said for said in (example.before, example.after) if said is not None]
    says = " -> ".join(dict.fromkeys(_content(said) for said in told))
    of = " ".join(part for part in (claim.company, claim.metric, claim.scope, claim.period) if part)
    out.print(Text(printable(f"  {of}: {says}")))
    out.print(Text(printable(f"    {claim.quote}"), style="dim"), soft_wrap=True)
    out.print(Text(printable(f"    {example.url}"), style="dim"), soft_wrap=True)


def _content(claim: Said) -> str:
    if claim.status == "withheld":
        return "withheld"
    low, high = claim.low, claim.high
    if low is None or high is None:
        bound = low if high is None else high
        value = f"{'≥' if high is None else '≤'} {range_text(bound, bound)}" if bound is not None else ""
    else:
        value = range_text(low, high)
    return f"{claim.basis} {claim.measure} {value} {claim.unit}"
