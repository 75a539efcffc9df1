"""The published warehouse: a copy that analysts open, put in place whole; the pipeline's own file stays its own.

A reader keeps the copy that it opened until it opens again, and holds up no writer. A lake is its own published
warehouse: what is published there is what rests on the loads before.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.database import (
    Lake,
    Place,
    WarehouseError,
    catch_up,
    is_made,
    is_up_to_date,
    open_warehouse,
    transaction,
    writers_turn,
)
from warehouse.derive import mark_all


def publish(live: Place, published: Place) -> None:
    """Put a copy of the live file at `published`, in one step; one that is killed leaves the copy of before.

    The copy is read-only. Raises WarehouseError where it cannot be written (no room, no permission): the copy of before
    stands, and so does the live file.
    """
    with open_warehouse(live) as db:
        catch_up(db)
        if isinstance(live, Lake) or isinstance(published, Lake):
            return
        db.execute("checkpoint")  # all of it is in the one file then
    try:
        published.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{published.name}.", dir=published.parent)
        try:
            with writers_turn(live), live.open("rb") as source, os.fdopen(handle, "wb") as copy:
                shutil.copyfileobj(source, copy, 1 << 22)
                copy.flush()
                os.fsync(copy.fileno())
            Path(name).chmod(0o444)
            Path(name).replace(published)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        # what somebody who could write to an earlier copy left beside it is not of this one
        published.with_name(f"{published.name}.wal").unlink(missing_ok=True)
    except OSError as error:
        raise WarehouseError(f"{published}: cannot be published: {error.strerror}") from error


def rebuild_published(live: Place, published: Place) -> None:
    """Make every derived row of the live file afresh, and publish it. Raises WarehouseError where there is none."""
    adopt(live, published)
    if not is_made(live):
        raise WarehouseError(f"{live}: there is no warehouse yet; a run of the pipeline makes it (or check the path)")
    with open_warehouse(live) as db, transaction(db):
        mark_all(db)
    publish(live, published)


@contextmanager
def open_published(live: Place, published: Place) -> Iterator[duckdb.DuckDBPyConnection]:
    """A reader's connection to the published copy; one of an earlier version of the code is published afresh first.

    Raises WarehouseError where nothing was ever loaded.
    """
    adopt(live, published)
    if live != published and is_made(live) and not (is_made(published) and is_up_to_date(published)):
        publish(live, published)
    with open_warehouse(published, read_only=True) as db:
        yield db


def adopt(live: Place, published: Place) -> None:
    """Where only a published file is there, as earlier versions of the code left it, go on from a copy of it."""
    if isinstance(live, Lake) or isinstance(published, Lake) or live.exists() or not published.exists():
        return
    live.parent.mkdir(parents=True, exist_ok=True)
    beside = live.with_name(f".{live.name}.adopted")
    shutil.copyfile(published, beside)
    beside.chmod(0o644)
    beside.replace(live)
