-- What the pages that the monitor brought have made known. An event is the same as before that is of the same kind, series
-- and period within a month, and of the same figure where a cell may have several: a better source may give it another
-- claim and another day.
insert into announcements by name
with fresh as (
    select readings.article_id, readings.title, readings.url, pages.recorded_at, pages.run_id
    from fresh_pages
    inner join pages using (page_id)
    inner join readings on fresh_pages.page_id = readings.page_id
),

events as (
    select disclosure_events.*, fresh.* exclude (article_id)
    from disclosure_events
    inner join fresh using (article_id)
    where is_touched(company)
),

said as (
    select claim_id, value_low, value_high, unit_code, is_approx, "quote" from claims
    where claim_id in (select events.claim_id from events union all select events.before_claim_id from events)
),

made as (
    select
        events.*,
        told.value_low, told.value_high, told.unit_code, told.is_approx, told."quote",
        before.value_low as before_value_low, before.value_high as before_value_high,
        before.unit_code as before_unit_code, before.is_approx as is_before_approx,
    from events
    left join said as told on events.claim_id = told.claim_id
    left join said as before on events.before_claim_id = before.claim_id
)

select
    md5(event_id::varchar)::uuid as announcement_id, event_code, company, metric, "scope", basis_code, period,
    period_start_date, period_end_date, series_id, value_low, value_high, unit_code, is_approx, before_value_low,
    before_value_high, before_unit_code, is_before_approx, replacement_metric, "quote", title, url, known_at, recorded_at,
    run_id,
from made
where not exists (
    select 1 from announcements as before
    where
        before.event_code = made.event_code
        and before.series_id = made.series_id
        and before.basis_code = made.basis_code
        and before.period_start_date is not distinct from made.period_start_date
        and before.period_end_date is not distinct from made.period_end_date
        and abs(datediff('day', before.known_at, made.known_at)) <= 31
        and (
            made.cell_id is null
            or (
                before.value_low is not distinct from made.value_low
                and before.value_high is not distinct from made.value_high
            )
        )
)
qualify row_number() over (
    partition by event_code, series_id, basis_code, period_start_date, period_end_date, cell_id, value_low, value_high
    order by known_at, event_id
) = 1;
