-- Which version of a page a source showed, and when: a page may be shown by several sources, and may come back.
create table sightings (
    sighting_id uuid not null,
    page_id uuid not null,
    url varchar not null,
    source_id varchar not null,
    sighted_at timestamptz not null,
    recorded_at timestamptz not null,
    run_id uuid not null,
);
insert into sightings by name
select uuid() as sighting_id, page_id, url, source_id, fetched_at as sighted_at, recorded_at, run_id from pages
union all by name
select
    uuid() as sighting_id,
    arg_max(pages.page_id, pages.fetched_at) as page_id,
    pages.url,
    coverage.source_id,
    max(pages.fetched_at) as sighted_at,
    max(coverage.looked_at) as recorded_at,
    arg_max(coverage.run_id, coverage.looked_at) as run_id,
from coverage
inner join pages using (url)
where coverage.outcome_code = 'ok' and coverage.source_id <> pages.source_id
group by pages.url, coverage.source_id;
