-- Everything that is said of a company, best word of each fact first, each with the days between which it counted.
-- Parameter: $companies. The order within a fact is the rule of precedence as far as one moment allows.
select
    company,
    metric,
    "scope",
    scope_key,
    basis_code as basis,
    measure_code as measure,
    status_code as status,
    period,
    cadence_code as cadence,
    period_start_date as first_day,
    period_end_date as last_day,
    value_low as low,
    value_high as high,
    unit_code as unit,
    is_approx,
    is_own_statement as is_own,
    (known_at at time zone 'UTC')::date as known_on,
    (known_until at time zone 'UTC')::date as known_until,
    "quote",
    title,
    url,
    source_id,
    round(confidence, 2) as confidence,
    claim_id::varchar as claim_id,
from claim_history
where list_contains($companies, company) and (known_until is null or known_until > known_at)
order by
    company, metric, scope_key nulls first, basis_code, measure_code, period_start_date nulls last, period_end_date,
    not is_own_statement, known_at desc, (basis_code = 'guidance') <> (status_code = 'withheld'),
    vagueness(value_low, value_high, is_approx), confidence desc, claim_id
