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

-- the best claims as they could be known at a moment, of every cell or of those in touched_cells; by aggregates over
-- narrow rows, as a window costs a hundred times more of the many cells that hold one claim
create or replace macro best_claims(moment, is_touched_only) as table
with told as (
    select
        *,
        vagueness(value_low, value_high, is_approx) as vagueness,
        (basis_code = 'guidance') = (status_code = 'withheld') as is_last_word,
        hash(status_code, value_low, value_high, unit_code) as said,
    from claims_told(is_touched_only)
    where known_at <= moment and coalesce(known_until > moment, true)
),

supports as (
    select company, metric, cell_id, said, count(distinct source_id) as support
    from told
    group by company, metric, cell_id, said
),

-- the least of a cell is its best
ranked as (
    select
        told.*,
        row(
            not is_own_statement, -epoch_us(known_at), not is_last_word, vagueness, -support, -epoch_us(sighted_at),
            -confidence, claim_id, url
        ) as rank,
    from told
    inner join supports using (company, metric, cell_id, said)
),

best as (
    select
        company, metric, cell_id,
        min(rank) as rank,
        arg_min(
            {
                'status_code': status_code, 'unit_code': unit_code,
                'low': value_low, 'high': value_high, 'is_approx': is_approx
            },
            rank
        ) as fact,
        min(known_at) as first_told_at,
    from ranked
    group by company, metric, cell_id
),

-- whether each claim agrees with the best; null where the two cannot be compared
compared as (
    select
        ranked.*,
        ranked.status_code = best.fact['status_code'] as is_of_status,
        case
            when not is_of_status then false
            when ranked.status_code = 'withheld' or ranked.rank = best.rank then true
            when ranked.unit_code <> best.fact['unit_code'] then null
            else agree(
                value_low, value_high, ranked.is_approx, best.fact['low'], best.fact['high'], best.fact['is_approx']
            )
        end as is_agreeing,
    from ranked
    inner join best using (company, metric, cell_id)
),

-- a source counts once, by the best that it says
sources_of as (
    select company, metric, cell_id, source_id, arg_min_null(is_agreeing, rank) as is_agreeing
    from compared
    group by company, metric, cell_id, source_id
),

counted as (
    select
        company, metric, cell_id,
        count(*) filter (is_agreeing) as agreeing_source_count,
        count(*) filter (not is_agreeing) as contradicting_source_count,
    from sources_of
    group by company, metric, cell_id
),

begun as (
    select
        company, metric, cell_id,
        min(known_at) filter (is_agreeing) as first_known_at,
        min(page_recorded_at) filter (is_agreeing) as first_recorded_at,
        min(known_at) filter (is_of_status) as first_said_so_at,
        arg_min(claim_id, (known_at, rank)) filter (is_of_status) as first_word_id,
        arg_min(
            {'claim_id': claim_id, 'known_at': known_at, 'recorded_at': page_recorded_at}, (known_at, rank)
        ) filter (status_code = 'disclosed' and is_own_statement) as first_figure,
    from compared
    group by company, metric, cell_id
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
    begun.first_known_at,
    begun.first_recorded_at,
    best.first_told_at,
    begun.first_said_so_at,
    begun.first_word_id,
    begun.first_figure,
    counted.agreeing_source_count,
    counted.contradicting_source_count,
from ranked
inner join best using (company, metric, cell_id, rank)
inner join begun using (company, metric, cell_id)
inner join counted using (company, metric, cell_id);
