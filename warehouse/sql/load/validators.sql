-- of the latest listing that named any, since the source is as it is now: under another address or another filter,
-- an unchanged listing says nothing
select etag, last_modified
from coverage
where
    source_id = $source_id
    and url is null
    and coalesce(etag, last_modified) is not null
    and looked_at >= coalesce((select max(recorded_at) from sources where source_id = $source_id), looked_at)
order by looked_at desc
limit 1
