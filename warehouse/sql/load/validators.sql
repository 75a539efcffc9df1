-- of the latest listing that named any; none while pages of that run are still to be fetched again,
-- so that an unchanged listing cannot hide them
with listing as (
    select run_id, etag, last_modified
    from coverage
    where source_id = $source_id and url is null and coalesce(etag, last_modified) is not null
    order by looked_at desc
    limit 1
),
failed_pages as (
    select run_id from coverage
    where source_id = $source_id and url is not null and outcome_code = 'failed'
)
select etag, last_modified from listing anti join failed_pages using (run_id)
