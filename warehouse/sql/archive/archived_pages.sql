select page_id, url, source_id, fetched_at, archive_file, archive_offset, body_sha256
from pages
order by archive_file, archive_offset
