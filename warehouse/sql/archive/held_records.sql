-- of what was asked about, the first record with these bytes
with asked as (
    select unnest($urls) as url, unnest($digests) as payload_digest
)

select url, payload_digest, archive_file, archive_offset, fetched_at
from archive_records
semi join asked using (url, payload_digest)
where record_kind_code <> 'revisit'
qualify row_number() over (partition by url, payload_digest order by fetched_at, archive_file, archive_offset) = 1
