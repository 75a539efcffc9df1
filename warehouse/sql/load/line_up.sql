-- the stale addresses in slices of about so many, those of a source in one slice: most of a company's are
create or replace temp table lined_up as
with stale as (
    select url, min(sightings.source_id) as source_id
    from (select distinct url from stale_urls)
    left join sightings using (url)
    group by url
)

select url, ((row_number() over (order by source_id, url) - 1) // $slice)::bigint as slice from stale
