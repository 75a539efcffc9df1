-- a page that two sources name is held once, under the first of them, and known to both; what is not to be read or is of
-- a type that is not read is asked for again after a month
with looks as (
    select source_id, url, fetched_at from pages
    union all
    select source_id, url, looked_at from coverage semi join pages using (url)
    union all
    select source_id, url, looked_at
    from coverage
    where
        stage_code = 'fetch'
        and outcome_code in ('refused', 'unread')
        and looked_at > $now::timestamptz - interval 30 days
)

select source_id, url, max(fetched_at) as fetched_at
from looks
where url is not null and source_id in (select unnest($source_ids))
group by source_id, url
