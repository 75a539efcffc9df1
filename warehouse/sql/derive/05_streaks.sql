-- Where each touched series began, and for which periods in a row it was given; the rule is told in marts/09_silences.sql.
create or replace temp table placed_figures as
select
    figures.series_id,
    placed_cadence(figures.cadence_code, figures.period_end_date, own_cadences.cadences) as cadence_code,
    placed_ordinal(figures.cadence_code, figures.period_end_date, own_cadences.cadences) as period_ordinal,
    figures."scope",
    figures.period_end_date,
    figures.known_at,
    figures.article_id,
    figures.unit_code,
from (
    select * from own_figures
    where
        measure_code = 'level'
        and is_touched(company)
        and series_id in (select touched_series.series_id from touched_series)
) as figures
inner join own_cadences using (company)
where placed_ordinal(figures.cadence_code, figures.period_end_date, own_cadences.cadences) is not null;

create or replace temp table named_series as
select series_id, any_value(company) as company, any_value(metric) as metric, any_value(scope_key) as scope_key
from own_figures
where
    is_touched(company)
    and series_id in (select touched_series.series_id from touched_series)
group by series_id;

create or replace temp table starts_before as
select * from series_starts
where
    is_touched(company)
    and series_id in (select touched_series.series_id from touched_series);
create or replace temp table starts_now as
with firsts as (
    select series_id, cadence_code, min(period_ordinal) as period_ordinal, min(min(known_at)) over series as known_at
    from placed_figures
    group by series_id, cadence_code
    window series as (partition by series_id)
)

select
    named_series.company, named_series.metric, placed_figures."scope", series_id, cadence_code, period_ordinal,
    placed_figures.article_id, placed_figures.unit_code,
from placed_figures
inner join firsts using (series_id, cadence_code, period_ordinal, known_at)
inner join named_series using (series_id)
order by company, series_id;
-- the statements in which a series began that began elsewhere before, or the other way round
create or replace temp table touched_starts as
(from starts_before except from starts_now) union all (from starts_now except from starts_before);
delete from series_starts
where
    is_touched(company)
    and series_id in (select touched_series.series_id from touched_series);
insert into series_starts by name select * from starts_now;
drop table starts_before;
drop table starts_now;

create or replace temp table streaks_before as
select * from streaks
where
    is_touched(company)
    and series_id in (select touched_series.series_id from touched_series);
create or replace temp table streaks_now as
with given as (
    select
        series_id, cadence_code, period_ordinal,
        arg_max("scope", known_at) as "scope",
        min(datediff('day', period_end_date, (known_at at time zone 'UTC')::date)) as delay_days,
    from placed_figures
    group by series_id, cadence_code, period_ordinal
),

-- one that comes later than the three before it did, and by more than the grace, had been missing until then
on_time as (
    select given.*
    from given
    inner join cadence_rules using (cadence_code)
    qualify coalesce(
        delay_days <= grace_days + max(delay_days) over (
            partition by series_id, cadence_code order by period_ordinal rows between 3 preceding and 1 preceding
        ),
        true
    )
),

numbered as (
    select
        *,
        period_ordinal - row_number() over (partition by series_id, cadence_code order by period_ordinal) as island,
    from on_time
),

found as (
    select
        series_id, cadence_code,
        arg_max("scope", period_ordinal) as "scope",
        min(period_ordinal) as first_ordinal,
        max(period_ordinal) as last_ordinal,
        count(*) as streak_count,
        min(delay_days) as least_delay_days,
    from numbered
    group by series_id, cadence_code, island
),

followed as (
    select
        *,
        lead(first_ordinal) over (partition by series_id, cadence_code order by last_ordinal) as next_ordinal,
    from found
)

select
    company, metric, "scope", scope_key, series_id, cadence_code, last_ordinal, next_ordinal, streak_count, least_delay_days
from followed
inner join cadence_rules using (cadence_code)
inner join named_series using (series_id)
where streak_count >= least_streak
order by company, series_id;
delete from streaks
where
    is_touched(company)
    and series_id in (select touched_series.series_id from touched_series);
insert into streaks by name select * from streaks_now;
create or replace temp table changed_streaks as
(from streaks_before except from streaks_now) union all (from streaks_now except from streaks_before);
drop table streaks_before;
drop table streaks_now;
drop table placed_figures;
drop table named_series;
