-- the pages that are to be read again, in the order in which they are archived
with last_readings as (
    select
        page_id,
        arg_max(published_date, recorded_at) as published_date,
        arg_max(issuer, recorded_at) as issuer,
    from article_readings
    group by page_id
)

select pages.page_id
from pages
left join last_readings using (page_id)
left join last_readers using (page_id)
where
    ($sources is null or list_contains($sources, pages.source_id))
    and ($since is null or coalesce(last_readings.published_date, pages.fetched_at::date) >= $since)
    and (
        $companies is null
        or list_contains($companies, lower(last_readings.issuer))
        or pages.page_id in (select claims.page_id from claims where list_contains($companies, lower(claims.company)))
    )
    and ($again or last_readers.extractor_version is distinct from $version)
order by pages.archive_file, pages.archive_offset
