-- Figures that their own metric's history makes implausible: flagged, never dropped. A thousand is what a slip of the
-- unit makes of a figure; between it and the history the business itself may have grown or shrunk threefold.
create or replace view claim_checks as
with histories as (
    select
        series_id, cadence_code, unit_code, basis_code,
        median(abs(coalesce(value_low, value_high))) as usual_value,
        count(*) as figure_count,
    from best_now
    where measure_code = 'level' and status_code = 'disclosed' and coalesce(value_low, value_high) <> 0
    group by series_id, cadence_code, unit_code, basis_code
    having count(*) >= 4  -- three others at least
),

figures as (
    select
        *,
        series_id(company, metric, scope_key) as series_id,
        abs(coalesce(value_low, value_high)) as magnitude,
    from current_claims
    where measure_code = 'level' and status_code = 'disclosed' and coalesce(value_low, value_high) <> 0
)

select distinct
    figures.claim_id,
    'implausible_jump' as check_code,
    figures.company, figures.metric, figures."scope", figures.basis_code, figures.period, figures.value_low,
    figures.value_high, figures.unit_code,
    histories.usual_value,
    magnitude / histories.usual_value as times_usual,
    histories.figure_count,
    figures.known_at,
    figures."quote",
    figures.url,
from figures
inner join histories using (series_id, cadence_code, unit_code, basis_code)
where magnitude >= 1000 / 3 * histories.usual_value or magnitude * 1000 / 3 <= histories.usual_value;
