-- a page by its id, by the beginning of it, or by its address; of an address every version, the latest first
select page_id, url, source_id, fetched_at, archive_file, archive_offset, body_sha256
from pages
where page_id::varchar = $page or url = $page or (length($page) >= 8 and starts_with(page_id::varchar, $page))
order by fetched_at desc, page_id
