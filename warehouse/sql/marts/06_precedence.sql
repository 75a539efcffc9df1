-- One row a company x metric x scope x basis x measure x period. Precedence, first difference decides: the company's
-- own statement over a report of it; the later known over the earlier; of one moment, a withdrawn outlook over the
-- figure it withdraws, and otherwise a figure over its being withheld; the exact over the approximate, a range, a
-- bound; what more sources say over what fewer say; the later page; the higher confidence; then the id, so that every
-- machine picks the same.
create or replace macro vagueness(low, high, is_approx) as case
    when low is null or high is null then 4
    when low <> high then 3
    when is_approx then 2
    else 1
end;

-- the best claims as they could be known at a moment, of every cell or of those in touched_cells
create or replace macro best_claims(moment, is_touched_only) as table
with told as (
    select
        *,
        vagueness(value_low, value_high, is_approx) as vagueness,
        (basis_code = 'guidance') = (status_code = 'withheld') as is_last_word,
    from claims_told(is_touched_only)
    where known_at <= moment and coalesce(known_until > moment, true)
),

supported as (
    select
        *,
        count(distinct source_id) over (
            partition by company, metric, cell_id, status_code, value_low, value_high, unit_code
        ) as support,
    from told
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
    from supported
    window
        best_first as (
            partition by company, metric, cell_id
            order by
                not is_own_statement, known_at desc, not is_last_word, vagueness, support desc, sighted_at desc,
                confidence desc, claim_id
        ),
        best_first_of_source as (
            partition by company, metric, cell_id, source_id
            order by
                not is_own_statement, known_at desc, not is_last_word, vagueness, support desc, sighted_at desc,
                confidence desc, claim_id
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
            else agree(value_low, value_high, is_approx, best_value_low, best_value_high, best_is_approx)
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
        min(known_at) over fact as first_told_at,
        min(known_at) filter (where status_code = best_status_code) over fact as first_said_so_at,
        arg_min({'claim_id': claim_id, 'article_id': article_id}, (known_at, place))
            filter (where status_code = best_status_code) over fact as first_word,
        arg_min(
            {
                'low': value_low, 'high': value_high, 'is_approx': is_approx, 'unit_code': unit_code,
                'claim_id': claim_id, 'article_id': article_id, 'known_at': known_at, 'recorded_at': page_recorded_at
            },
            (known_at, place)
        ) filter (where status_code = 'disclosed' and is_own_statement) over fact as first_figure,
    from compared
    window fact as (partition by company, metric, cell_id)
)

select
    cell_id,
    series_id(company, metric, scope_key) as series_id,
    claim_id,
    company,
    metric,
    "scope",
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
    "quote",
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
    first_told_at,
    first_said_so_at,
    first_word,
    first_figure,
    agreeing_source_count,
    contradicting_source_count,
from counted
where place = 1;
