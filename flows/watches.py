"""Watch lists: a folder of TOML files, one a list, of who is told of which events."""

from __future__ import annotations

import hashlib
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from extractors.lexicon import read_metrics
from flows.event_text import EVENTS
from warehouse.news import Announcement


class WatchError(Exception):
    """A fault of one watch list, in one line: file, key, what is wrong, what is allowed."""


class Watch(BaseModel):
    """Who is told of what. A list that is left out, of companies, metrics or events, is all of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    watch_id: str
    """The file's name without `.toml`."""
    companies: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    send_to: tuple[str, ...] = Field(min_length=1)
    """Addresses as Apprise writes them; `{secret:name}` stands for a secret."""
    send: Literal["at once", "daily", "weekly"] = "at once"
    """After each run, or all of a day or of a week in one message, when it is over (UTC)."""
    enabled: bool = True

    @field_validator("metrics")
    @classmethod
    def _check_metrics(cls, metrics: tuple[str, ...]) -> tuple[str, ...]:
        return _known(metrics, tuple(read_metrics()))

    @field_validator("events")
    @classmethod
    def _check_events(cls, events: tuple[str, ...]) -> tuple[str, ...]:
        return _known(events, EVENTS)

    def covers(self, news: Announcement) -> bool:
        """Whether it is to be told of an event."""
        return (
            (not self.companies or news.company.casefold() in {each.casefold() for each in self.companies})
            and (not self.metrics or news.metric in self.metrics)
            and (not self.events or news.event in self.events)
        )

    def channel(self, address: str) -> str:
        """The name under which it is remembered what an address was told; the address itself is not."""
        return f"{self.watch_id} {hashlib.sha256(address.encode()).hexdigest()[:12]}"


def _known(given: tuple[str, ...], allowed: tuple[str, ...]) -> tuple[str, ...]:
    for each in given:
        if each not in allowed:
            close = get_close_matches(each, allowed, n=1)
            raise ValueError(
                f'"{each}" is none of {", ".join(allowed)}' + (f" (did you mean {close[0]}?)" if close else "")
            )
    return given


def read_watches(folder: Path) -> tuple[list[Watch], list[WatchError]]:
    """The enabled watch lists of a folder, by name, and the faults of others; where there is no folder, none."""
    watches, errors = [], []
    for path in sorted(folder.glob("*.toml")):
        try:
            watch = Watch(watch_id=path.stem, **tomllib.loads(path.read_text(encoding="utf-8")))
        except ValidationError as error:
            errors += [WatchError(f"{path}: {detail['loc'][0]}: {detail['msg']}") for detail in error.errors()]
        except (OSError, ValueError, TypeError) as error:
            errors.append(WatchError(f"{path}: cannot be read: {error}"))
        else:
            watches += [watch] if watch.enabled else []
    return watches, errors
