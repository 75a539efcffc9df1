-- Company x metric x scope x basis against the periods of each cadence, one row a cell.
-- Parameters: $company, $metric (null for all), $since (what the warehouse first held from then on is new).
with found as (
    select * from disclosures where measure_code = 'level' and ($company is null or company = $company)
),

cadences as (
    select company, cadence_code, count(*) as claim_count
    from found
    where cadence_months(cadence_code) is not null
    group by company, cadence_code
),

-- an instant stands under the period it ends, of the cadence in which the company has most figures
instants as (
    select found.claim_id, arg_max(cadences.cadence_code, cadences.claim_count) as cadence_code
    from found
    inner join cadences
        on found.company = cadences.company
        and found.cadence_code = 'day'
        and ends_period(cadences.cadence_code, found.period_end_date)
    group by found.claim_id
),

levels as (
    select
        found.* replace (
            case
                when instants.claim_id is not null then instants.cadence_code
                -- a goal to be reached by 2030 stands under 2030
                when found.cadence_code = 'open' and found.period_start_date is null
                    then label_cadence(split_part(found.period, '/', 2))
                -- a figure from 2025-Q1 on stands under 2025-Q1
                when found.cadence_code = 'open' and found.status_code = 'disclosed'
                    then label_cadence(split_part(found.period, '/', 1))
                else found.cadence_code
            end as cadence_code
        ),
        found.cadence_code as stated_cadence_code,
    from found
    left join instants using (claim_id)
),

placed as (
    select
        *,
        -- a place in time for every cadence: what has no ordinal stands by its last day
        coalesce(
            ordinal(cadence_code, period_end_date),
            ordinal(cadence_code, last_day(period_start_date + to_months(cadence_months(cadence_code)::integer - 1))),
            datediff('day', date '1970-01-01', coalesce(period_end_date, period_start_date)),
            0
        ) as place,
    from levels
),

gaps as (
    select *, 'actual' as basis_code, period_ordinal as place from silences
    where cleared_at is null and ($company is null or company = $company)
),

points as (
    select * from placed
    where cadence_code <> 'open'
    qualify row_number() over (
        partition by company, metric, scope_key, basis_code, cadence_code, place
        order by known_at desc, claim_id
    ) = 1
),

-- "will no longer report from ... on"
stops as (
    select * from levels
    where cadence_code = 'open' and status_code = 'withheld'
),

habits as (
    select company, arg_max(cadence_code, claim_count) as cadence_code from cadences group by company
),

lines as (
    select
        company, metric, scope_key, basis_code, cadence_code,
        arg_max(scope, known_at) as scope,
        mode(unit_code) as unit_code,
    from points
    group by company, metric, scope_key, basis_code, cadence_code
    union all
    -- what was stopped and has no figure here, at the company's most frequent cadence
    select
        stops.company, stops.metric, stops.scope_key, stops.basis_code,
        coalesce(habits.cadence_code, nullif(label_cadence(split_part(stops.period, '/', 1)), 'day'), 'month'),
        any_value(stops.scope), null,
    from stops
    left join habits using (company)
    anti join (select * from points where cadence_months(cadence_code) is not null) as dated
        using (company, metric, scope_key, basis_code)
    group by all
),

-- the first period of a line that a stop touches: the one it begins in, or the next after what was still given
stopped_lines as (
    select
        lines.*,
        stops.claim_id,
        stops.period_start_date,
        stops.known_at,
        greatest(
            (
                12 * year(stops.period_start_date) + month(stops.period_start_date)
                + cadence_months(lines.cadence_code) - 1
            ) // cadence_months(lines.cadence_code),
            coalesce(
                (
                    select max(points.place) + 1
                    from points
                    where
                        points.company = lines.company
                        and points.metric = lines.metric
                        and points.scope_key = lines.scope_key
                        and points.basis_code = lines.basis_code
                        and points.cadence_code = lines.cadence_code
                        and points.status_code = 'disclosed'
                        and points.known_at <= stops.known_at
                ),
                0
            )
        ) as first_place,
    from lines
    inner join stops using (company, metric, scope_key, basis_code)
    where cadence_months(lines.cadence_code) is not null
),

named_columns as (
    select
        company, cadence_code, place,
        mode(period) filter (where cadence_code = stated_cadence_code) as period,
        min(period_start_date) as first_day,
    from points
    group by company, cadence_code, place
),

columns as (
    select
        company, cadence_code, place,
        coalesce(named_columns.period, ordinal_label(cadence_code, place), 'undated') as period,
        coalesce(ordinal_first_day(cadence_code, place), named_columns.first_day) as first_day,
    from (
        select company, cadence_code, place from named_columns
        union
        select company, cadence_code, first_place from stopped_lines
        union
        select company, cadence_code, place from gaps
    )
    left join named_columns using (company, cadence_code, place)
),

-- the latest stop that reaches a column, unless the company has given a figure again since, up to there
stopped_cells as (
    select stopped_lines.*, columns.place
    from stopped_lines
    inner join columns
        on stopped_lines.company = columns.company
        and stopped_lines.cadence_code = columns.cadence_code
        and (
            columns.place = stopped_lines.first_place
            or (columns.place > stopped_lines.first_place and columns.first_day >= stopped_lines.period_start_date)
        )
    where not exists (
        select 1 from points as again
        where
            again.company = stopped_lines.company
            and again.metric = stopped_lines.metric
            and again.scope_key = stopped_lines.scope_key
            and again.basis_code = stopped_lines.basis_code
            and again.status_code = 'disclosed'
            and again.known_at > stopped_lines.known_at
            and again.period_start_date between stopped_lines.period_start_date and columns.first_day
    )
    qualify row_number() over (
        partition by
            stopped_lines.company, stopped_lines.metric, stopped_lines.scope_key, stopped_lines.basis_code,
            stopped_lines.cadence_code, columns.place
        order by stopped_lines.known_at desc, stopped_lines.claim_id
    ) = 1
),

covered as (
    select distinct company, cadence_code, period_ordinal as place
    from own_statements
    where $company is null or company = $company
),

cells as (
    select
        lines.company,
        lines.metric,
        lines.scope,
        lines.scope_key,
        lines.basis_code,
        lines.cadence_code,
        lines.unit_code as line_unit_code,
        columns.place,
        columns.period,
        coalesce(points.claim_id, stops.claim_id) as claim_id,
        case
            when points.claim_id is not null then points.status_code
            when stops.claim_id is not null then 'withheld'
            when gaps.article_id is not null then 'silent'
            when covered.place is not null then 'unmentioned'
            else 'not_covered'
        end as state,
        coalesce(points.quote, stops.quote) as quote,
        coalesce(points.url, stops.url, gaps.url) as url,
        coalesce(
            if(points.claim_id is not null, points.first_recorded_at, null),
            if(stops.claim_id is not null, stops.first_recorded_at, null),
            gaps.first_recorded_at
        ) >= $since as is_new,
        points.value_low,
        points.value_high,
        points.unit_code,
        points.is_approx,
    from lines
    inner join columns using (company, cadence_code)
    left join points using (company, metric, scope_key, basis_code, cadence_code, place)
    left join stopped_cells using (company, metric, scope_key, basis_code, cadence_code, place)
    left join stops on stopped_cells.claim_id = stops.claim_id
    left join gaps using (company, metric, scope_key, basis_code, cadence_code, place)
    left join covered using (company, cadence_code, place)
)

select
    company,
    cadence_code,
    metric,
    scope,
    basis_code,
    line_unit_code,
    period,
    state,
    value_low,
    value_high,
    unit_code,
    coalesce(is_approx, false) as is_approx,
    coalesce(is_new, false) as is_new,
    quote,
    url,
from cells
where $metric is null or metric = $metric
order by
    lower(company),
    company,
    cadence_code = 'undated',
    count(claim_id) over (partition by company, cadence_code) desc,
    cadence_code,
    count(claim_id) over (partition by company, cadence_code, metric) desc,
    metric,
    scope_key,
    array_position(['actual', 'guidance', 'estimate'], basis_code),
    place
