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

placed as (
    select
        *,
        row_number() over best_first as place,
        row_number() over best_first_of_source as place_in_source,
        first_value(status_code) over best_first as best_status_code,
        first_value(unit_code) over best_first as best_unit_code,
        first_value(value_low) over best_first as best_value_low,
        first_value(value_high) over best_first as best_value_high,
        first_value(is_approx) over best_first as best_is_approx,
    from ranked
    window
        best_first as (
            partition by
                company, metric, scope_key, basis_code, measure_code, period_start_date, period_end_date
            order by
                is_own_statement desc, known_at desc, is_last_word desc, vagueness, fetched_at desc, confidence desc, claim_id
        ),
        best_first_of_source as (
            partition by
                company, metric, scope_key, basis_code, measure_code, period_start_date, period_end_date, source_id
            order by
                is_own_statement desc, known_at desc, is_last_word desc, vagueness, fetched_at desc, confidence desc, claim_id
        )
),

-- whether each claim agrees with the best; null where the two cannot be compared
compared as (
    select
        *,
        case
            when status_code <> best_status_code then false
            when status_code = 'withheld' then true
            when place = 1 then true
            when unit_code <> best_unit_code then null
            else agree(
                value_low, value_high, is_approx, best_value_low, best_value_high, best_is_approx
            )
        end as is_agreeing,
    from placed
),

counted as (
    select
        *,
        count(*) filter (where is_agreeing and place_in_source = 1) over fact as agreeing_source_count,
        count(*) filter (where not is_agreeing and place_in_source = 1) over fact as contradicting_source_count,
        min(known_at) filter (where is_agreeing) over fact as first_known_at,
        min(page_recorded_at) filter (where is_agreeing) over fact as first_recorded_at,
    from compared
    window fact as (
        partition by company, metric, scope_key, basis_code, measure_code, period_start_date, period_end_date
    )
)

select
    claim_id,
    company,
    metric,
    scope,
    scope_key,
    basis_code,
    measure_code,
    status_code,
    period,
    cadence_code,
    period_ordinal,
    period_start_date,
    period_end_date,
    value_low,
    value_high,
    unit_code,
    is_approx,
    quote,
    url,
    title,
    source_id,
    article_id,
    is_own_statement,
    confidence,
    known_at,
    recorded_at,
    first_known_at,
    first_recorded_at,
    agreeing_source_count,
    contradicting_source_count,
from counted
where place = 1;
