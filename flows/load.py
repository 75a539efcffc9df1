"""Load, a batch at a time: readings in, what was new out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from extractors.version import extractor_version
from warehouse.archive import ArchiveRecord
from warehouse.database import Place, open_warehouse
from warehouse.load import Loaded, Reading, load_readings


def load_batch(
    warehouse: Place, run_id: UUID, readings: Sequence[Reading], records: Sequence[ArchiveRecord] = ()
) -> Loaded:
    """Load the readings, and the index of what was archived, in one transaction; `publish` derives what rests on them.

    Raises WarehouseError where the warehouse cannot be written.
    """
    now = datetime.now(UTC)
    with open_warehouse(warehouse) as db:
        return load_readings(
            db,
            readings,
            run_id=run_id,
            extractor_version=extractor_version(),
            recorded_at=now,
            records=records,
            is_more_to_come=True,
        )
