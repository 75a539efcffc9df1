"""The site's pages as text: everything that came from outside is escaped, and a link leads to the web or nowhere."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from flows.event_text import event_text, figure_of
from flows.figures import json_value
from flows.site.slugs import slug_of

PAGES = (
    ("index.html", "The board"),
    ("changes.html", "What changed"),
    ("metrics.html", "Metrics"),
    ("ask.html", "Ask"),
    ("sources.html", "Source health"),
    ("method.html", "Method"),
)
_CODES = {"disclosed": "D", "withheld": "W", "silent": "S"}
_SIGNS = {"disclosed": "●", "withheld": "✕", "silent": "○"}


def render(template: str, at: str, **shown: object) -> str:
    """The page that stands at a path within the site, such as `companies/acme.html`."""
    root = "../" * at.count("/")
    return _environment().get_template(template).render(root=root, here=at, pages=PAGES, **shown)


def embedded(data: object) -> Markup:
    """Data as JSON within a `<script type="application/json">`, which nothing in it can end."""
    return Markup(_json(data).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704


def json_file(data: object) -> str:
    """Data as a file of JSON."""
    return _json(data) + "\n"


def columns_of(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> list[list[Any]]:
    """The rows as lists in the order of the names, which are then told once."""
    return [[row[name] for name in names] for row in rows]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("flows.site"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {
        "slug": slug_of,
        "spaced": lambda name: name.replace("_", " "),
        "sentence": event_text,
        "figure": lambda figure: figure_of(figure or {}),
        "code": _CODES.__getitem__,
        "sign": _SIGNS.__getitem__,
    }
    environment.tests["web"] = is_web
    return environment


def is_web(url: str | None) -> bool:
    """Whether an address may be a link: `javascript:` and the like may not."""
    return url is not None and url.lower().startswith(("http://", "https://"))


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=json_value)
