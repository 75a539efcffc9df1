-- a page that two sources name is held once, under the first of them, and known to both; what is not to be read or is of
-- a type that is not read is asked for again after a month
with looks as (
    select url, fetched_at from pages where source_id = $source_id
    union all
    select url, looked_at from coverage semi join pages using (url) where source_id = $source_id
    union all
    select url, looked_at
    from coverage
    where
        source_id = $source_id
        and stage_code = 'fetch'
        and outcome_code in ('refused', 'unread')
        and looked_at > $now::timestamptz - interval 30 days
)

select url, max(fetched_at) as fetched_at
from looks
where url is not null
group by url
