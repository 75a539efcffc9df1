-- the latest copy of each listing page, since the source is as it is now: under another address or another filter, an
-- unchanged listing says nothing
select
    listings.url,
    listings.fetched_at,
    listings.etag,
    listings.last_modified,
    listings.archive_file,
    listings.archive_offset,
    archive_records.fetched_at as archived_at,
    archive_records.payload_digest,
    archive_records.url as archived_url,
    listings.is_complete,
from listings
left join archive_records using (archive_file, archive_offset)
where
    source_id = $source_id
    and listings.recorded_at
    >= coalesce((select max(recorded_at) from sources where source_id = $source_id), listings.recorded_at)
qualify row_number() over (partition by listings.url order by listings.recorded_at desc, listings.fetched_at desc) = 1
