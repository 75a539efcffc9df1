-- Articles, once for each time that the extractors came to read them so.
create or replace view article_readings as
select * from articles
union all by name
select articles.* replace (reinstatements.recorded_at as recorded_at, reinstatements.run_id as run_id)
from reinstatements
inner join articles using (article_id);

-- By which extractors each page was read last, whatever came of it.
create or replace view last_readers as
select page_id, arg_max(extractor_version, recorded_at) as extractor_version
from (
    select page_id, extractor_version, recorded_at from article_readings
    union all
    select page_id, extractor_version, recorded_at from rereadings
)
group by page_id;

-- A reading is superseded by a later one of the same page, and by one of a later version of the page: an edited
-- statement stands for what it said before. The first version of a page was known when it was published; a later one,
-- or one that came back, when it was seen. Who speaks in it: the company of any source that shows the page, and the
-- issuer where such a source is a company's, or a wire's or a regulator's that names it beside the page.
create or replace table readings (
    url varchar not null,
    article_id uuid not null,
    page_id uuid not null,
    source_id varchar not null,
    sighted_at timestamptz not null,
    known_at timestamptz not null,
    known_until timestamptz,
    recorded_at timestamptz not null,
    superseded_at timestamptz,
    page_recorded_at timestamptz not null,
    title varchar,
    published_date date not null,
    language_code varchar not null,
    extractor_version varchar not null,
    speakers varchar[] not null,
);

-- as the rows of the addresses in stale_urls should be
create or replace view stale_readings as
with seen as (
    select * from sightings semi join stale_urls using (url)
),

shown_by as (
    select
        seen.page_id,
        arg_min(
            seen.source_id,
            (current_sources.authority_code is distinct from 'company', seen.sighted_at, seen.recorded_at, seen.source_id)
        ) as source_id,
        list(lower(current_sources.company)) filter (current_sources.authority_code = 'company') as companies,
        coalesce(bool_or(current_sources.authority_code in ('company', 'wire', 'regulator')), false) as passes_on,
    from seen
    left join current_sources using (source_id)
    group by seen.page_id
),

-- each time that an address showed another page than before
versions as (
    select
        url, page_id, sighted_at,
        row_number() over (partition by url order by sighted_at, page_id) = 1 as is_first,
    from seen
    qualify page_id is distinct from lag(page_id) over (partition by url order by sighted_at, page_id)
),

dated as (
    select
        versions.url,
        articles.article_id,
        versions.page_id,
        shown_by.source_id,
        versions.sighted_at,
        if(versions.is_first, articles.known_at, greatest(articles.known_at, versions.sighted_at)) as known_at,
        articles.recorded_at,
        pages.recorded_at as page_recorded_at,
        articles.title,
        articles.published_date,
        articles.language_code,
        articles.extractor_version,
        if(
            shown_by.passes_on,
            list_distinct(list_append(coalesce(shown_by.companies, []), lower(articles.issuer))),
            []
        ) as speakers,
    from versions
    inner join pages on versions.page_id = pages.page_id
    inner join shown_by on versions.page_id = shown_by.page_id
    inner join article_readings as articles on versions.page_id = articles.page_id
)

select
    *,
    -- the first moment at which a later reading stands in its place
    min(known_at) over (later rows between 1 following and unbounded following) as known_until,
    lead(recorded_at) over later as superseded_at,
from dated
window later as (partition by url order by sighted_at, recorded_at, article_id);
