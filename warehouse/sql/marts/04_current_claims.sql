create or replace view current_claims as
with current_articles as (
    select * from readings where superseded_at is null
),

placed as (
    select *, cadence(period_start_date, period_end_date) as cadence_code from claims
)

select
    placed.*,
    ordinal(placed.cadence_code, placed.period_end_date) as period_ordinal,
    coalesce(lower(trim(placed.scope)), '') as scope_key,
    current_articles.title,
    current_articles.published_date,
    current_articles.language_code,
    current_articles.extractor_version,
    pages.url,
    pages.source_id,
    pages.fetched_at,
    pages.recorded_at as page_recorded_at,
    coalesce(
        current_sources.authority_code = 'company'
        and lower(placed.company) in (lower(current_sources.company), lower(current_articles.issuer)),
        false
    ) as is_own_statement,
from placed
inner join current_articles using (article_id)
inner join pages on placed.page_id = pages.page_id
left join current_sources on pages.source_id = current_sources.source_id;
