-- A quarter of a generated history, $first to $last of 60 from 2010-Q1 on: statements of $companies companies, thirty days
-- after each quarter, on $metrics metrics each; now and then one is missing, refused, an outlook.
create or replace temp table generated as
with told as (
    select
        quarter, company, metric,
        hash(company, quarter, metric) % 100 as kind,
        1_000_000 + hash(company, quarter, metric, 'value') % 1_000_000_000 as value,
        format('{}-Q{}', 2010 + quarter // 4, quarter % 4 + 1) as label,
        make_date(2010 + quarter // 4, 3 * (quarter % 4) + 1, 1) as first_day,
        last_day(make_date(2010 + quarter // 4, 3 * (quarter % 4) + 3, 1)) as last_day,
        format('https://company{}.example/{}', company, label) as url,
        format('Company {} said that its metric {} came to {:,} euros in {}.', company, metric, value, label) as "quote",
    from range($first, $last) as quarters (quarter), range($companies) as companies (company), range($metrics) as metrics (metric)
)

select
    *,
    md5(url)::uuid as page_id,
    md5('article ' || url)::uuid as article_id,
    least((last_day + 31)::timestamptz - interval 1 second, timestamptz '2026-01-01 00:00:00+00') as known_at,
    row_number() over statement - 1 as number,
    coalesce(sum(length("quote") + 2) over (statement rows between unbounded preceding and 1 preceding), 0) as quote_start,
from told
where kind >= 2
window statement as (partition by quarter, company order by metric)
order by quarter, company, metric;
---
-- pages
select distinct on (page_id)
    page_id, url, 's' || company as source_id, timestamptz '2026-01-01 00:00:00+00' as fetched_at, 200::integer as http_status,
    'text/html' as content_type, null::varchar as etag, null::varchar as last_modified, 'a.warc.gz' as archive_file,
    0::bigint as archive_offset, 1000::bigint as body_bytes, sha256(url) as body_sha256,
    timestamptz '2026-01-01 00:00:00+00' as recorded_at, '00000000-0000-0000-0000-000000000001'::uuid as run_id,
from generated
---
-- sightings
select distinct on (page_id)
    md5('sighting ' || url)::uuid as sighting_id, page_id, url, 's' || company as source_id,
    timestamptz '2026-01-01 00:00:00+00' as sighted_at, timestamptz '2026-01-01 00:00:00+00' as recorded_at,
    '00000000-0000-0000-0000-000000000001'::uuid as run_id,
from generated
---
-- articles
select
    article_id, page_id, format('Company {}, {}', company, label) as title,
    string_agg("quote", chr(10) || chr(10) order by metric) as "text",
    (last_day + 30)::varchar as published, last_day + 30 as published_date, 'day' as published_precision_code,
    'en' as language_code, null::varchar as issuer, null::varchar as publisher, '1' as extractor_version, known_at,
    timestamptz '2026-01-01 00:00:00+00' as recorded_at, '00000000-0000-0000-0000-000000000001'::uuid as run_id,
from generated
group by article_id, page_id, company, label, last_day, known_at
order by label, company
---
-- claims
select
    article_id, number::integer as number, page_id, 'Company ' || company as company, 'metric_' || metric as metric,
    null::varchar as "scope", if(kind > 90, 'guidance', 'actual') as basis_code, 'level' as measure_code,
    if(kind < 4, 'withheld', 'disclosed') as status_code, if(kind = 2, label || '/..', label) as period,
    first_day as period_start_date, if(kind = 2, null, last_day) as period_end_date,
    if(kind < 4, null, value)::decimal(38, 6) as value_low, if(kind < 4, null, value)::decimal(38, 6) as value_high,
    if(kind < 4, null, 'EUR') as unit_code, if(kind < 4, null, false) as is_approx, "quote", 'text' as quote_in,
    quote_start::bigint as quote_start, (quote_start + length("quote"))::bigint as quote_end, 0.9::double as confidence,
    'generated' as "rule", known_at, timestamptz '2026-01-01 00:00:00+00' as recorded_at,
    '00000000-0000-0000-0000-000000000001'::uuid as run_id,
from generated
