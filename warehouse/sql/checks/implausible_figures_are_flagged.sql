-- a figure a thousandfold above or below every other of its history, of three others at least, is among claim_checks
with magnitudes as (
    select
        *,
        abs(coalesce(value_low, value_high)) as magnitude,
        count(*) over history as figure_count,
    from best_now
    where measure_code = 'level' and status_code = 'disclosed' and coalesce(value_low, value_high) <> 0
    window history as (partition by series_id, cadence_code, unit_code, basis_code)
),

others as (
    select
        *,
        greatest(
            max(magnitude) over (history rows between unbounded preceding and 1 preceding),
            max(magnitude) over (history rows between 1 following and unbounded following)
        ) as largest_other,
        least(
            min(magnitude) over (history rows between unbounded preceding and 1 preceding),
            min(magnitude) over (history rows between 1 following and unbounded following)
        ) as least_other,
    from magnitudes
    where figure_count >= 4
    window history as (partition by series_id, cadence_code, unit_code, basis_code order by cell_id)
)

select claim_id, company, metric, "scope", period, value_low, value_high, unit_code, "quote", url
from others
anti join claim_checks using (claim_id)
where magnitude >= 1000 * largest_other or magnitude * 1000 <= least_other
