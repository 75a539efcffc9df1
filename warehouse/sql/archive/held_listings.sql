-- the latest copy of each listing page, since the source is as it is now: under another address or another filter, an
-- unchanged listing says nothing
with source_ages as (
    select source_id, max(recorded_at) as as_it_is_since
    from sources
    where source_id in (select unnest($source_ids))
    group by source_id
)

select
    listings.source_id,
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
left join source_ages using (source_id)
left join archive_records using (archive_file, archive_offset)
where
    listings.source_id in (select unnest($source_ids))
    and listings.recorded_at >= coalesce(source_ages.as_it_is_since, listings.recorded_at)
qualify
    row_number() over (
        partition by listings.source_id, listings.url order by listings.recorded_at desc, listings.fetched_at desc
    ) = 1
