-- the stale addresses in slices of about so many claims, those of a source one after the other: most of a company's are
create or replace temp table lined_up as
with stale as (
    select distinct url from stale_urls
),

sources_of as (
    select url, min(source_id) as source_id from sightings semi join stale using (url) group by url
),

claims_of as (
    select pages.url, count(*) as claim_count
    from claims
    inner join pages using (page_id)
    semi join stale on pages.url = stale.url
    group by pages.url
)

select
    url,
    (sum(coalesce(claim_count, 0)) over (order by source_id, url) // $slice)::bigint as slice,
from stale
left join sources_of using (url)
left join claims_of using (url)
