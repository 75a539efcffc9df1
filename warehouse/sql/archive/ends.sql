select archive_file, max(archive_offset + coalesce(archive_bytes, 0)) as ends_at
from archive_records
group by archive_file
