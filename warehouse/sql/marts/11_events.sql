-- What changed, and the claims, or the absence and its proof, that it rests on.
create or replace table disclosure_events (
    event_id ubigint not null,
    event_code varchar not null,
    company varchar not null,
    metric varchar not null,
    "scope" varchar,
    scope_key varchar not null,
    basis_code varchar not null,
    period varchar,
    period_start_date date,
    period_end_date date,
    known_at timestamptz not null,
    first_recorded_at timestamptz not null,
    claim_id ubigint,
    before_claim_id ubigint,
    article_id uuid not null,
    replacement_metric varchar,
    replacement_scope varchar,
    series_id ubigint not null,
    cell_id ubigint,
);

create or replace macro event_id(kind, series_id, basis_code, evidence) as
    md5_number_lower(concat_ws('|', kind, series_id, basis_code, evidence));

-- along one series, from period to period: its first figure, refusals, stops, returns, silences, and goals met or missed
create or replace view stale_series_events as
with series as (
    select distinct series_id from touched_series
),

best as (
    select * from best_now
    where
        measure_code = 'level'
        and is_touched(company)
        and series_id in (select series.series_id from series)
),

-- where another claim than the best was the first word, or the company's first figure
firsts as (
    select claim_id, article_id, value_low, value_high, is_approx, unit_code from claims
    where is_touched(company) and claim_id in (select best.first_word_id from best union all select best.first_figure_id from best)
),

cells as (
    select
        best.* exclude ("quote", title, source_id, first_word_id, first_figure_id),
        best.status_code = 'withheld' and cadence_code = 'open' as is_stop,
        coalesce(best.first_word_id, best.claim_id) as first_word_id,
        coalesce(first_words.article_id, best.article_id) as first_word_article_id,
        if(
            best.first_figure_id is null,
            if(
                best.status_code = 'disclosed' and best.is_own_statement,
                {
                    'claim_id': best.claim_id, 'article_id': best.article_id, 'low': best.value_low,
                    'high': best.value_high, 'is_approx': best.is_approx, 'unit_code': best.unit_code
                },
                null
            ),
            {
                'claim_id': first_figures.claim_id, 'article_id': first_figures.article_id,
                'low': first_figures.value_low, 'high': first_figures.value_high,
                'is_approx': first_figures.is_approx, 'unit_code': first_figures.unit_code
            }
        ) as first_figure,
    from best
    left join firsts as first_words on best.first_word_id = first_words.claim_id
    left join firsts as first_figures on best.first_figure_id = first_figures.claim_id
),

-- figures, refusals and silences of a series in the order in which they became known; what they say is joined to them last
said as (
    select
        series_id, basis_code, first_word_id as claim_id, first_word_article_id as article_id,
        first_said_so_at as known_at, first_recorded_at, period_start_date, period_end_date,
        status_code = 'disclosed' as is_figure,
        is_stop,
        cell_id,
    from cells anti join turns using (cell_id)
    where basis_code = 'actual' or is_stop
    union all by name
    select
        cells.series_id, cells.basis_code, turns.claim_id, told.article_id,
        turns.known_at, turns.first_recorded_at, cells.period_start_date, cells.period_end_date,
        told.status_code = 'disclosed' as is_figure,
        cells.is_stop,
        cell_id,
    from cells
    inner join turns using (cell_id)
    inner join (select * from claims where is_touched(company)) as told on turns.claim_id = told.claim_id
    where cells.basis_code = 'actual' or cells.is_stop
    union all by name
    select
        series_id, 'actual' as basis_code, article_id, known_at, first_recorded_at, period_start_date, period_end_date,
        false as is_figure,
        false as is_stop,
        silent_count,
    from silences semi join series using (series_id)
),

-- after a stop, a refusal or a silence: a figure for an earlier period is no return
followed as (
    select
        *,
        is_figure and coalesce(
            period_start_date >= last_value(if(is_figure, null, coalesce(period_start_date, '-infinity')) ignore nulls)
                over earlier,
            true
        ) as is_given_on,
    from said
    window earlier as (
        partition by series_id, basis_code
        order by known_at, is_figure desc, if(is_figure, period_start_date, null), period_start_date desc, claim_id
        rows between unbounded preceding and 1 preceding
    )
),

in_order as (
    select
        *,
        last_value(if(is_given_on or not is_figure, is_figure, null) ignore nulls) over earlier as was_figure,
        last_value(if(is_given_on or is_stop, is_stop, null) ignore nulls) over earlier as was_stop,
        last_value(claim_id) over earlier as claim_before,
        bool_or(is_figure) over earlier as had_figure,
        last_value(if(is_figure, claim_id, null) ignore nulls) over earlier as last_figure,
    from followed
    window earlier as (
        partition by series_id, basis_code
        order by known_at, is_figure desc, if(is_figure, period_start_date, null), period_start_date desc, claim_id
        rows between unbounded preceding and 1 preceding
    )
),

changed as (
    select
        *,
        case
            when silent_count is not null then if(silent_count = 1, 'fell_silent', null)
            when is_figure and not coalesce(had_figure, false) then 'first_disclosed'
            when is_given_on and not was_figure then 'resumed'
            when is_figure then null
            when is_stop then if(coalesce(was_stop, false), null, 'stopped')
            else 'withheld'
        end as event_code,
        coalesce(last_figure, claim_before) as before_claim_id,
    from in_order
),

told as (
    select
        changed.*,
        cells.company, cells.metric, cells."scope", cells.scope_key, cells.period,
    from changed
    inner join cells using (cell_id)
    where changed.event_code is not null
    union all by name
    select
        changed.* exclude (claim_id),
        silences.company, silences.metric, silences."scope", silences.scope_key, silences.period,
    from changed
    inner join silences using (series_id, article_id, period_start_date, period_end_date)
    where changed.event_code = 'fell_silent'
),

-- an outlook for one period that is refused or taken back, told of another period than the figure's own or of none
outlooks as (
    select
        refused.* exclude (known_at)
            replace (refused.first_word_id as claim_id, refused.first_word_article_id as article_id),
        refused.first_said_so_at as known_at,
        if(figures.claim_id is null, 'withheld', 'guidance_withdrawn') as event_code,
        figures.claim_id as before_claim_id,
    from cells as refused
    left join cells as figures
        on refused.series_id = figures.series_id
        and figures.basis_code = 'guidance'
        and figures.is_own_statement
        and figures.status_code = 'disclosed'
        and figures.first_told_at < refused.first_said_so_at
        and coalesce(figures.period_start_date, '-infinity') <= coalesce(refused.period_end_date, 'infinity')
        and coalesce(figures.period_end_date, 'infinity') >= coalesce(refused.period_start_date, '-infinity')
    where refused.basis_code = 'guidance' and refused.status_code = 'withheld' and not refused.is_stop
    qualify row_number() over (partition by refused.cell_id order by figures.known_at desc nulls last, figures.cell_id) = 1
),

-- the last outlook of before the company's first figure, beside that; one that was taken back is none
goals as (
    select
        figures.* exclude (known_at, first_recorded_at)
            replace (figures.first_figure['claim_id'] as claim_id, figures.first_figure['article_id'] as article_id),
        readings.known_at,
        greatest(readings.page_recorded_at, goals.first_recorded_at) as first_recorded_at,
        goals.claim_id as before_claim_id,
        case
            when goals.value_low is not null then case
                when at_least(
                    figures.first_figure['low'], figures.first_figure['is_approx'], goals.value_low, goals.is_approx
                ) then 'target_met'
                when not at_least(
                    figures.first_figure['high'], figures.first_figure['is_approx'], goals.value_low, goals.is_approx
                ) then 'target_missed'
            end
            when at_least(
                goals.value_high, goals.is_approx, figures.first_figure['high'], figures.first_figure['is_approx']
            ) then 'target_met'
            when not at_least(
                goals.value_high, goals.is_approx, figures.first_figure['low'], figures.first_figure['is_approx']
            ) then 'target_missed'
        end as event_code,
    from cells as figures
    inner join cells as goals
        on figures.series_id = goals.series_id
        and figures.period_start_date = goals.period_start_date
        and figures.period_end_date = goals.period_end_date
        and figures.first_figure['unit_code'] = goals.unit_code
    inner join readings on figures.first_figure['article_id'] = readings.article_id and readings.known_until is null
    where
        figures.basis_code = 'actual'
        and goals.basis_code = 'guidance'
        and goals.status_code = 'disclosed'
        and goals.is_own_statement
        and goals.known_at < readings.known_at
),

found as (
    select
        event_code, company, metric, "scope", scope_key, basis_code, period, period_start_date, period_end_date,
        known_at, first_recorded_at, claim_id, before_claim_id, article_id, series_id,
    from told
    union all by name
    select
        event_code, company, metric, "scope", scope_key, basis_code, period, period_start_date, period_end_date,
        known_at, first_recorded_at, claim_id, before_claim_id, article_id, series_id,
    from outlooks
    -- taken back in the figure's own cell: told there
    where cell_id not in (select turns.cell_id from turns)
    union all by name
    select
        event_code, company, metric, "scope", scope_key, basis_code, period, period_start_date, period_end_date,
        known_at, first_recorded_at, claim_id, before_claim_id, article_id, series_id,
    from goals
    where event_code is not null
)

select
    event_id(event_code, series_id, basis_code, coalesce(claim_id::varchar, article_id::varchar)) as event_id,
    *,
    null::varchar as replacement_metric,
    null::varchar as replacement_scope,
from found;

-- what ended, by a word or without one, in the statement in which something else began
create or replace view stale_replacements as
with ended as (
    select * from disclosure_events
    where is_touched(company) and event_code in ('stopped', 'fell_silent') and basis_code = 'actual' and before_claim_id is not null
),

began as (
    select first_events.*, told.unit_code
    from (select * from disclosure_events where is_touched(company) and event_code = 'first_disclosed') as first_events
    inner join (select * from claims where is_touched(company)) as told using (claim_id)
)

select
    event_id('redefined', ended.series_id, ended.basis_code, coalesce(ended.claim_id::varchar, ended.article_id::varchar)) as event_id,
    'redefined' as event_code,
    ended.company, ended.metric, ended."scope", ended.scope_key, ended.basis_code,
    ended.period, ended.period_start_date, ended.period_end_date,
    greatest(ended.known_at, began.known_at) as known_at,
    greatest(ended.first_recorded_at, began.first_recorded_at) as first_recorded_at,
    began.claim_id,
    ended.before_claim_id,
    ended.article_id,
    began.metric as replacement_metric,
    began."scope" as replacement_scope,
    ended.series_id,
from ended
inner join began
    on ended.company = began.company
    and ended.article_id = began.article_id
    and ended.series_id <> began.series_id
inner join (select * from claims where is_touched(company)) as lost on ended.before_claim_id = lost.claim_id
qualify row_number() over (
    partition by ended.event_id
    order by began.unit_code is distinct from lost.unit_code, began.metric, began."scope" nulls first
) = 1;

-- an event with its sentence and its page, as a reader wants it
create or replace view told_events as
select disclosure_events.*, claims."quote", readings.url
from disclosure_events
left join claims using (claim_id)
inner join readings on disclosure_events.article_id = readings.article_id and readings.superseded_at is null;
