-- A reading is superseded by a later one of the same page, and by one of a later version of the page: an edited
-- statement stands for what it said before.
create or replace view readings as
select
    articles.*,
    lead(articles.recorded_at) over (
        partition by pages.url order by pages.fetched_at, articles.recorded_at, articles.article_id
    ) as superseded_at,
from articles
inner join pages using (page_id);
