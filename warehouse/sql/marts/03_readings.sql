create or replace view readings as
select
    *,
    lead(recorded_at) over (partition by page_id order by recorded_at, article_id) as superseded_at,
from articles;
