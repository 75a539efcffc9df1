-- a page that two sources name is held once, under the first of them, and known to both
with urls as (
    select url from pages where source_id = $source_id
    union
    select url from coverage semi join pages using (url) where source_id = $source_id
)

select url, max(fetched_at) as fetched_at
from urls inner join pages using (url)
group by url
