-- a silence that ends, and one that begins, are of series that the new statement does not hold
insert into touched_series
select series_id from (from silences_before except from silences_now)
union
select series_id from (from silences_now except from silences_before);
delete from disclosure_events
where
    is_touched(company)
    and (
        cell_id in (select touched_cells.cell_id from touched_cells)
        or (cell_id is null and series_id in (select touched_series.series_id from touched_series))
        or event_code = 'redefined'
    );
-- within one cell: a figure restated, an outlook set, raised, cut, withdrawn
insert into disclosure_events by name
with compared as (
    select
        *,
        case
            when basis_code = 'actual' and is_figure and unit_code = unit_before
                and not agree(
                    value_low, value_high, is_approx,
                    value_before['low'], value_before['high'], value_before['is_approx']
                )
                then 'restated'
            when basis_code <> 'guidance' then null
            when not is_figure and status_before = 'disclosed' then 'guidance_withdrawn'
            when not is_figure then null
            when figure_before is null then 'guidance_set'
            when unit_code <> unit_before then null
            when value_low < value_before['low'] or value_high < value_before['high'] then
                if(
                    coalesce(value_low > value_before['low'], false) or coalesce(value_high > value_before['high'], false),
                    null, 'guidance_cut'
                )
            when value_low > value_before['low'] or value_high > value_before['high'] then 'guidance_raised'
        end as event_code,
    from own_words
    where period is not null
)

select
    event_id(event_code, series_id, basis_code, claim_id) as event_id,
    event_code, company, metric, "scope", scope_key, basis_code, period, period_start_date, period_end_date,
    known_at, page_recorded_at as first_recorded_at, claim_id, if(is_figure, figure_before, claim_before) as before_claim_id,
    article_id, null::varchar as replacement_metric, null::varchar as replacement_scope, series_id, cell_id,
from compared
where event_code is not null;
insert into disclosure_events by name select * from stale_series_events;
insert into disclosure_events by name select * from stale_replacements;
