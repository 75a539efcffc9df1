-- Pages that changed, as a reader sees it: what an article said before and what it says now. Whatever else changed on
-- the page (a menu, a counter) is no revision.
create or replace view article_revisions as
with versions as (
    select
        pages.url,
        pages.source_id,
        pages.page_id,
        pages.fetched_at,
        articles.title,
        articles.text,
        articles.published_date,
    from article_readings as articles
    inner join pages using (page_id)
    qualify row_number() over (
        partition by pages.page_id order by articles.recorded_at desc, articles.article_id
    ) = 1
),

followed as (
    select
        *,
        lag(page_id) over earlier as previous_page_id,
        lag(fetched_at) over earlier as previous_fetched_at,
        lag(title) over earlier as previous_title,
        lag(text) over earlier as previous_text,
    from versions
    window earlier as (partition by url order by fetched_at, page_id)
)

select
    url,
    source_id,
    published_date,
    previous_page_id,
    page_id,
    previous_fetched_at,
    fetched_at,
    previous_title,
    title,
    previous_text,
    text,
from followed
where
    previous_page_id is not null
    and (title is distinct from previous_title or text is distinct from previous_text);
