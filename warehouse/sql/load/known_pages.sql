-- those that are what their address shows: one that came back after another version is to be read again
with asked as (
    select page_id, url from pages where page_id in (select unnest($page_ids::uuid[]))
)

select page_id from asked
where page_id = (
    select arg_max(sightings.page_id, (sightings.sighted_at, sightings.page_id)) from sightings
    where sightings.url = asked.url
)
