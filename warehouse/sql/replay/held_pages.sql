-- pages, with what their last reading was, in the order in which they are archived
with asked as materialized (
    select unnest($page_ids::uuid[]) as page_id
),

last_readings as (
    select
        page_id,
        arg_max(article_id, recorded_at) as article_id,
        arg_max(extractor_version, recorded_at) as extractor_version,
        arg_max(published, recorded_at) as published,
        arg_max(title, recorded_at) as title,
        arg_max(issuer, recorded_at) as issuer,
    from article_readings
    semi join asked using (page_id)
    group by page_id
)

select
    pages.page_id,
    pages.url,
    pages.source_id,
    pages.archive_file,
    pages.archive_offset,
    last_readings.article_id,
    last_readings.extractor_version,
    last_readings.published,
    last_readings.title,
    last_readings.issuer,
from pages
left join last_readings using (page_id)
semi join asked on pages.page_id = asked.page_id
order by pages.archive_file, pages.archive_offset
