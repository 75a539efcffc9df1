-- the pages that are to be read again, in the order in which they are archived
with last_readings as (
    select
        page_id,
        arg_max(extractor_version, recorded_at) as extractor_version,
        arg_max(published_date, recorded_at) as published_date,
        arg_max(issuer, recorded_at) as issuer,
    from articles
    group by page_id
)

select pages.page_id
from pages
left join last_readings using (page_id)
where
    ($sources is null or list_contains($sources, pages.source_id))
    and ($since is null or coalesce(last_readings.published_date, pages.fetched_at::date) >= $since)
    and (
        $companies is null
        or list_contains($companies, lower(last_readings.issuer))
        or pages.page_id in (select claims.page_id from claims where list_contains($companies, lower(claims.company)))
    )
    and (
        $again
        or not (
            coalesce(last_readings.extractor_version = $version, false)
            or pages.page_id in (select rereadings.page_id from rereadings where rereadings.extractor_version = $version)
        )
    )
order by pages.archive_file, pages.archive_offset
