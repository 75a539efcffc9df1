-- Month by month what was looked at in each source: nothing there, or nobody looked? A look asks about the days of its
-- window, or without one about the day on which it was made.
create or replace view coverage_by_window as
with looks as (
    select
        *,
        coalesce(since_date, (looked_at at time zone 'UTC')::date) as first_day,
        coalesce(until_date, (looked_at at time zone 'UTC')::date) as last_day,
    from coverage
),

months as (
    select
        source_id,
        unnest(
            generate_series(date_trunc('month', min(first_day)), date_trunc('month', max(last_day)), interval 1 month)
        )::date as window_start_date,
    from looks
    group by source_id
),

held as (
    select
        sightings.source_id,
        date_trunc('month', articles.published_date)::date as window_start_date,
        count(distinct articles.page_id) as article_count,
    from sightings
    inner join articles using (page_id)
    group by all
),

counted as (
    select
        months.source_id,
        months.window_start_date,
        count(*) filter (looks.url is null and looks.outcome_code in ('ok', 'unchanged')) as look_count,
        count(*) filter (looks.outcome_code = 'failed') as failure_count,
        arg_max(looks.error, looks.looked_at) filter (looks.outcome_code = 'failed') as last_error,
    from months
    left join looks
        on months.source_id = looks.source_id
        and looks.first_day <= last_day(months.window_start_date)
        and looks.last_day >= months.window_start_date
    group by months.source_id, months.window_start_date
)

select
    source_id,
    window_start_date,
    last_day(window_start_date) as window_end_date,
    look_count,
    failure_count,
    last_error,
    coalesce(held.article_count, 0) as article_count,
    case
        when article_count > 0 then 'published'
        when look_count > 0 and failure_count = 0 then 'nothing_published'
        when look_count + failure_count > 0 then 'failed'
        else 'not_looked_at'
    end as coverage_code,
from counted
left join held using (source_id, window_start_date);
