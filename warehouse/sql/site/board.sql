-- The board through time: of each company's metric and period, what could be known from which day on.
-- Parameter: $metric. A row a cell, with the days of its states; the codes are those of `site_codes` below.
-- A word counts while its reading is the last of its page; of several the least rank is the state.
with told as (
    select * from claim_history
    where metric = $metric and basis_code = 'actual' and (known_until is null or known_until > known_at)
),

dated as (
    select
        company, cadence_code, period_ordinal as place, known_at as since, known_until as until,
        case
            when status_code = 'withheld' then 'W'
            when measure_code <> 'level' or scope_key <> '' or value_low is distinct from value_high then 'P'
            else 'D'
        end as code,
        -- a part (a region, a growth rate) says less than a word on the whole
        row(
            measure_code <> 'level' or scope_key <> '', not is_own_statement, -epoch_us(known_at),
            status_code = 'withheld'
        ) as rank,
    from told
    where period_ordinal is not null and not (scope_key <> '' and status_code = 'withheld')
),

habits as (
    select company, mode(cadence_code) as cadence_code from dated group by company
),

statements as (
    select company, cadence_code, period_ordinal as place, min(known_at) as since
    from own_statements
    where period_ordinal is not null
    group by company, cadence_code, period_ordinal
),

gaps as (
    select company, cadence_code, period_ordinal as place, known_at as since, cleared_at as until
    from silences
    where metric = $metric and scope_key = ''
),

-- "will no longer be reported from ... on" reaches every later period, until a figure is given again
stops as (
    select
        told.company,
        coalesce(habits.cadence_code, label_cadence(split_part(told.period, '/', 1))) as cadence_code,
        told.period_start_date as first_day,
        told.known_at as since,
        not told.is_own_statement as is_report,
    from told
    left join habits using (company)
    where
        told.cadence_code = 'open'
        and told.status_code = 'withheld'
        and told.measure_code = 'level'
        and told.scope_key = ''
        and told.period_start_date is not null
),

lines as (
    select distinct company, cadence_code from dated
    union
    select company, cadence_code from stops
    where cadence_months(cadence_code) is not null
),

columns as (
    select company, cadence_code, place from dated
    union
    select company, cadence_code, place from gaps
    union
    select statements.company, statements.cadence_code, statements.place from statements
    semi join lines using (company, cadence_code)
    union
    select company, cadence_code, ordinal(cadence_code, ordinal_last_day(cadence_code, ordinal(cadence_code, first_day)))
    from stops
    where cadence_months(cadence_code) is not null
),

stopped as (
    select
        columns.company, columns.cadence_code, columns.place, stops.since,
        min(again.since) as until,
        any_value(stops.is_report) as is_report,
    from stops
    inner join columns
        on stops.company = columns.company
        and stops.cadence_code = columns.cadence_code
        and ordinal_first_day(columns.cadence_code, columns.place) >= stops.first_day
    left join dated as again
        on again.company = stops.company
        and again.cadence_code = stops.cadence_code
        and again.code = 'D'
        and again.since > stops.since
        and again.place <= columns.place
        and ordinal_first_day(again.cadence_code, again.place) >= stops.first_day
    group by columns.company, columns.cadence_code, columns.place, stops.since
),

words as (
    select * from dated
    union all
    select company, cadence_code, place, since, until, 'W', row(false, is_report, -epoch_us(since), true) from stopped
    union all
    select company, cadence_code, place, since, until, 'S', row(true, true, 0, true) from gaps
    union all
    select statements.company, statements.cadence_code, statements.place, statements.since, null, 'N', row(true, true, 1, true)
    from statements
    semi join lines using (company, cadence_code)
),

moments as (
    select company, cadence_code, place, since as moment from words
    union
    select company, cadence_code, place, until from words
    where until is not null
),

states as (
    select
        moments.company, moments.cadence_code, moments.place, moments.moment,
        coalesce(arg_min(words.code, words.rank), '-') as code,
    from moments
    left join words
        on moments.company = words.company
        and moments.cadence_code = words.cadence_code
        and moments.place = words.place
        and words.since <= moments.moment
        and coalesce(words.until > moments.moment, true)
    group by moments.company, moments.cadence_code, moments.place, moments.moment
),

turns as (
    select * from states
    qualify code is distinct from lag(code) over (partition by company, cadence_code, place order by moment)
)

select
    cadence_code,
    company,
    place,
    list([datediff('day', date '1970-01-01', (moment at time zone 'UTC')::date)::varchar, code] order by moment) as turns,
from turns
group by cadence_code, company, place
order by cadence_code, lower(company), company, place
