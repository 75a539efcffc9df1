-- Who discloses what: of each metric and company the last figure, and what was said, or not said, since.
with levels as (
    select * from disclosures where basis_code = 'actual' and measure_code = 'level' and scope_key = ''
),

told as (
    select
        metric,
        company,
        arg_max(period, (period_end_date, known_at)) filter (status_code = 'disclosed') as last_period,
        arg_max(
            {'low': value_low, 'high': value_high, 'unit': unit_code, 'is_approx': is_approx},
            (period_end_date, known_at)
        ) filter (status_code = 'disclosed') as figure,
        max(period_end_date) filter (status_code = 'disclosed') as told_until,
        arg_max(period, (period_start_date, known_at)) filter (status_code = 'withheld') as withheld_period,
        max(period_start_date) filter (status_code = 'withheld') as withheld_from,
        max(known_at) as known_at,
    from levels
    group by metric, company
),

missing as (
    select metric, company, arg_max(period, period_end_date) as silent_period, max(period_end_date) as silent_on
    from silences
    where cleared_at is null and scope_key = ''
    group by metric, company
)

select
    told.metric,
    told.company,
    case
        when told.withheld_from > coalesce(told.told_until, date '0001-01-01') then 'withheld'
        when missing.silent_on > coalesce(told.told_until, date '0001-01-01') then 'silent'
        when told.last_period is not null then 'disclosed'
        else 'withheld'
    end as state,
    told.last_period,
    told.figure,
    coalesce(told.withheld_period, missing.silent_period) as missing_period,
    (told.known_at at time zone 'UTC')::date as known_on,
from told
left join missing using (metric, company)
order by told.metric, lower(told.company), told.company
