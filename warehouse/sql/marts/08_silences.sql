-- A metric that the company's own statements gave for at least three periods in a row, and that its own statement on
-- a later period, fetched and read, does not give. The proof must be of the kind that used to hold the metric: it
-- gives at least half of the figures that stood beside the metric when it was last given. And it must not come
-- earlier after its period than the metric ever did, less a tenth of the period: deliveries told on the second day of
-- a quarter do not show that the revenue told on the twentieth is missing.

create or replace view silences as
with own_figures as (
    select * from current_claims
    where
        is_own_statement
        and basis_code = 'actual'
        and status_code = 'disclosed'
        and measure_code = 'level'
        and period_ordinal is not null
),

given as (
    select
        company, metric, scope_key, cadence_code, period_ordinal,
        arg_max(scope, known_at) as scope,
        min(datediff('day', period_end_date, (known_at at time zone 'UTC')::date)) as delay_days,
    from own_figures
    group by company, metric, scope_key, cadence_code, period_ordinal
),

numbered as (
    select
        *,
        period_ordinal - row_number() over (
            partition by company, metric, scope_key, cadence_code order by period_ordinal
        ) as island,
    from given
),

streaks as (
    select
        company, metric, scope_key, cadence_code,
        arg_max(scope, period_ordinal) as scope,
        max(period_ordinal) as last_ordinal,
        count(*) as streak_count,
        min(delay_days) as least_delay_days,
    from numbered
    group by company, metric, scope_key, cadence_code, island
),

-- the streak that each later statement of the company comes after
expected as (
    select
        streaks.*,
        own_statements.period_ordinal,
        own_statements.article_id,
        own_statements.url,
        own_statements.title,
        own_statements.known_at,
        own_statements.page_recorded_at,
    from streaks
    inner join own_statements
        on streaks.company = own_statements.company
        and streaks.cadence_code = own_statements.cadence_code
        and streaks.last_ordinal < own_statements.period_ordinal
    qualify streaks.last_ordinal = max(streaks.last_ordinal) over (
        partition by
            streaks.company, streaks.metric, streaks.scope_key, streaks.cadence_code, own_statements.period_ordinal
    )
),

-- no figure and no refusal for the period from anyone, and not a word of the metric for it in the statement itself
missing as (
    select *
    from expected
    where
        streak_count >= 3
        and datediff(
            'day', ordinal_last_day(cadence_code, period_ordinal), (known_at at time zone 'UTC')::date
        ) >= least_delay_days - 3 * cadence_months(cadence_code)
        and not exists (
            select 1 from current_claims as said
            where
                said.company = expected.company
                and said.metric = expected.metric
                and said.scope_key = expected.scope_key
                and said.basis_code = 'actual'
                and (
                    (
                        said.measure_code = 'level'
                        and said.cadence_code = expected.cadence_code
                        and said.period_ordinal = expected.period_ordinal
                    )
                    or (
                        said.status_code = 'withheld'
                        and coalesce(said.period_start_date, '-infinity')
                        <= ordinal_last_day(expected.cadence_code, expected.period_ordinal)
                        and coalesce(said.period_end_date, 'infinity')
                        >= ordinal_first_day(expected.cadence_code, expected.period_ordinal)
                    )
                    or (
                        said.article_id = expected.article_id
                        and coalesce(said.period_end_date, 'infinity')
                        >= ordinal_first_day(expected.cadence_code, expected.period_ordinal)
                    )
                )
        )
),

last_given_in as (
    select distinct
        streaks.company, streaks.metric, streaks.scope_key, streaks.cadence_code, streaks.last_ordinal,
        own_figures.article_id,
    from streaks
    inner join own_figures
        on streaks.company = own_figures.company
        and streaks.metric = own_figures.metric
        and streaks.scope_key = own_figures.scope_key
        and streaks.cadence_code = own_figures.cadence_code
        and streaks.last_ordinal = own_figures.period_ordinal
),

companions as (
    select distinct
        last_given_in.company, last_given_in.metric, last_given_in.scope_key, last_given_in.cadence_code,
        last_given_in.last_ordinal,
        own_figures.metric as companion_metric,
        own_figures.scope_key as companion_scope_key,
    from last_given_in
    inner join own_figures
        on last_given_in.article_id = own_figures.article_id
        and last_given_in.company = own_figures.company
        and last_given_in.cadence_code = own_figures.cadence_code
        and last_given_in.last_ordinal = own_figures.period_ordinal
    where (own_figures.metric, own_figures.scope_key) <> (last_given_in.metric, last_given_in.scope_key)
),

weighed as (
    select
        missing.*,
        count(*) as companion_count,
        count(*) filter (
            where exists (
                select 1 from own_figures
                where
                    own_figures.article_id = missing.article_id
                    and own_figures.company = missing.company
                    and own_figures.metric = companions.companion_metric
                    and own_figures.scope_key = companions.companion_scope_key
                    and own_figures.cadence_code = missing.cadence_code
                    and own_figures.period_ordinal = missing.period_ordinal
            )
        ) as companion_given_count,
    from missing
    inner join companions using (company, metric, scope_key, cadence_code, last_ordinal)
    group by all
),

proved as (
    select * from weighed
    where 2 * companion_given_count >= companion_count
    qualify row_number() over (
        partition by company, metric, scope_key, cadence_code, period_ordinal
        order by companion_given_count desc, known_at, article_id
    ) = 1
)

select
    company,
    metric,
    scope,
    scope_key,
    cadence_code,
    ordinal_label(cadence_code, period_ordinal) as period,
    period_ordinal,
    ordinal_first_day(cadence_code, period_ordinal) as period_start_date,
    ordinal_last_day(cadence_code, period_ordinal) as period_end_date,
    ordinal_label(cadence_code, last_ordinal) as last_period,
    streak_count,
    row_number() over (
        partition by company, metric, scope_key, cadence_code, last_ordinal order by period_ordinal
    ) as silent_count,
    companion_count,
    companion_given_count,
    article_id,
    url,
    title,
    known_at,
    page_recorded_at as first_recorded_at,
from proved;
