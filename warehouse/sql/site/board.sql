-- The board through time: of each company's metric and period, what could be known from which day on.
-- A row a cell, with the days of its states: D disclosed, P partly, W withheld, S fell silent, N not found, - taken back.
-- A word counts while its reading is the last of its page; of several the least rank is the state.
with told as (
    select * from claim_history
    where basis_code = 'actual' and (known_until is null or known_until > known_at)
),

dated as (
    select
        metric, company, cadence_code, period_ordinal as place, known_at as since, known_until as until,
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
    select metric, company, mode(cadence_code) as cadence_code from dated group by metric, company
),

statements as (
    select company, cadence_code, period_ordinal as place, min(known_at) as since
    from own_statements
    where period_ordinal is not null
    group by company, cadence_code, period_ordinal
),

gaps as (
    select metric, company, cadence_code, period_ordinal as place, known_at as since, cleared_at as until
    from silences
    where scope_key = ''
),

-- "will no longer be reported from ... on" reaches every later period, until a figure is given again
stops as (
    select
        told.metric,
        told.company,
        coalesce(habits.cadence_code, label_cadence(split_part(told.period, '/', 1))) as cadence_code,
        told.period_start_date as first_day,
        told.known_at as since,
        not told.is_own_statement as is_report,
    from told
    left join habits using (metric, company)
    where
        told.cadence_code = 'open'
        and told.status_code = 'withheld'
        and told.measure_code = 'level'
        and told.scope_key = ''
        and told.period_start_date is not null
),

lines as (
    select distinct metric, company, cadence_code from dated
    union
    select metric, company, cadence_code from stops
    where cadence_months(cadence_code) is not null
),

columns as (
    select metric, company, cadence_code, place from dated
    union
    select metric, company, cadence_code, place from gaps
    union
    select lines.metric, statements.company, statements.cadence_code, statements.place
    from statements
    inner join lines using (company, cadence_code)
    union
    select metric, company, cadence_code, ordinal(cadence_code, ordinal_last_day(cadence_code, ordinal(cadence_code, first_day)))
    from stops
    where cadence_months(cadence_code) is not null
),

stopped as (
    select
        columns.metric, columns.company, columns.cadence_code, columns.place, stops.since,
        min(again.since) as until,
        any_value(stops.is_report) as is_report,
    from stops
    inner join columns
        on stops.metric = columns.metric
        and stops.company = columns.company
        and stops.cadence_code = columns.cadence_code
        and ordinal_first_day(columns.cadence_code, columns.place) >= stops.first_day
    left join dated as again
        on again.metric = stops.metric
        and again.company = stops.company
        and again.cadence_code = stops.cadence_code
        and again.code = 'D'
        and again.since > stops.since
        and again.place <= columns.place
        and ordinal_first_day(again.cadence_code, again.place) >= stops.first_day
    group by columns.metric, columns.company, columns.cadence_code, columns.place, stops.since
),

words as (
    select * from dated
    union all
    select metric, company, cadence_code, place, since, until, 'W', row(false, is_report, -epoch_us(since), true) from stopped
    union all
    select metric, company, cadence_code, place, since, until, 'S', row(true, true, 0, true) from gaps
    union all
    select
        lines.metric, statements.company, statements.cadence_code, statements.place, statements.since, null, 'N',
        row(true, true, 1, true),
    from statements
    inner join lines using (company, cadence_code)
),

-- a cell's few words as a list, as joining each day with each word takes a hundred times as long
cells as (
    select
        metric, company, cadence_code, place,
        list({'since': since, 'until': until, 'rank': rank, 'code': code}) as said,
        list_distinct(list_concat(list(since), list("until") filter ("until" is not null))) as moments,
    from words
    group by metric, company, cadence_code, place
),

days as (
    select metric, company, cadence_code, place, said, unnest(moments) as moment from cells
),

states as (
    select
        metric, company, cadence_code, place, moment,
        coalesce(
            list_aggregate(
                list_transform(
                    list_filter(said, lambda word: word.since <= moment and coalesce(word.until > moment, true)),
                    lambda word: row(word.rank, word.code)
                ),
                'min'
            )[2],
            '-'
        ) as code,
    from days
),

turns as (
    select * from states
    qualify code is distinct from lag(code) over (partition by metric, company, cadence_code, place order by moment)
)

select
    metric,
    cadence_code,
    company,
    place,
    list([datediff('day', date '1970-01-01', (moment at time zone 'UTC')::date)::varchar, code] order by moment) as turns,
from turns
group by metric, cadence_code, company, place
order by metric, cadence_code, lower(company), company, place
