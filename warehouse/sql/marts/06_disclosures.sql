-- One row a company x metric x scope x basis x measure x period. Precedence, first difference decides: the company's
-- own statement over a report of it; the later known over the earlier; of one moment, a withdrawn outlook over the
-- figure it withdraws, and otherwise a figure over its being withheld; the exact over the approximate, a range, a
-- bound; the later page; the higher confidence; then the id, so that every machine picks the same.

create or replace view disclosures as
with ranked as (
    select
        *,
        case
            when value_low is null or value_high is null then 4
            when value_low <> value_high then 3
            when is_approx then 2
            else 1
        end as vagueness,
        (basis_code = 'guidance') = (status_code = 'withheld') as is_last_word,
    from current_claims
),

numbered as (
    select
        *,
        row_number() over fact as place,
        row_number() over fact_of_source as place_in_source,
    from ranked
    window
        fact as (
            partition by
                company, metric, scope_key, basis_code, measure_code, period_start_date, period_end_date
            order by
                is_own_statement desc, known_at desc, is_last_word desc, vagueness, fetched_at desc, confidence desc, claim_id
        ),
        fact_of_source as (
            partition by
                company, metric, scope_key, basis_code, measure_code, period_start_date, period_end_date, source_id
            order by
                is_own_statement desc, known_at desc, is_last_word desc, vagueness, fetched_at desc, confidence desc, claim_id
        )
),

best as (
    select * from numbered where place = 1
),

compared as (
    select
        best.claim_id,
        numbered.place_in_source = 1 as is_of_source,
        numbered.known_at,
        numbered.page_recorded_at,
        agrees(
            {
                'status_code': best.status_code, 'unit_code': best.unit_code, 'value_low': best.value_low,
                'value_high': best.value_high, 'is_approx': best.is_approx
            },
            {
                'status_code': numbered.status_code, 'unit_code': numbered.unit_code, 'value_low': numbered.value_low,
                'value_high': numbered.value_high, 'is_approx': numbered.is_approx
            }
        ) as is_agreeing,
    from best
    inner join numbered
        on best.company = numbered.company
        and best.metric = numbered.metric
        and best.scope_key = numbered.scope_key
        and best.basis_code = numbered.basis_code
        and best.measure_code = numbered.measure_code
        and best.period_start_date is not distinct from numbered.period_start_date
        and best.period_end_date is not distinct from numbered.period_end_date
),

counted as (
    select
        claim_id,
        count(*) filter (where is_agreeing and is_of_source) as agreeing_source_count,
        count(*) filter (where not is_agreeing and is_of_source) as contradicting_source_count,
        min(known_at) filter (where is_agreeing) as first_known_at,
        min(page_recorded_at) filter (where is_agreeing) as first_recorded_at,
    from compared
    group by claim_id
)

select
    best.claim_id,
    best.company,
    best.metric,
    best.scope,
    best.scope_key,
    best.basis_code,
    best.measure_code,
    best.status_code,
    best.period,
    best.cadence_code,
    best.period_ordinal,
    best.period_start_date,
    best.period_end_date,
    best.value_low,
    best.value_high,
    best.unit_code,
    best.is_approx,
    best.quote,
    best.url,
    best.title,
    best.source_id,
    best.article_id,
    best.is_own_statement,
    best.confidence,
    best.known_at,
    best.recorded_at,
    counted.first_known_at,
    counted.first_recorded_at,
    counted.agreeing_source_count,
    counted.contradicting_source_count,
from best
inner join counted using (claim_id);
