-- The facts that differ between two exports. Parameters: $before, $after, files of disclosures.
with was as (
    select * from read_parquet($before)
),

now_is as (
    select * from read_parquet($after)
)

select
    case when was.company is null then 'new' when now_is.company is null then 'gone' else 'changed' end as difference,
    coalesce(now_is.company, was.company) as company,
    coalesce(now_is.metric, was.metric) as metric,
    coalesce(now_is."scope", was."scope") as "scope",
    coalesce(now_is.basis_code, was.basis_code) as basis,
    coalesce(now_is.measure_code, was.measure_code) as measure,
    coalesce(now_is.period, was.period) as period,
    was.status_code as status_before,
    now_is.status_code as status,
    was.value_low as low_before,
    was.value_high as high_before,
    now_is.value_low as low,
    now_is.value_high as high,
    coalesce(now_is.unit_code, was.unit_code) as unit,
    coalesce(now_is.url, was.url) as url,
from was
full join now_is
    on was.company = now_is.company
    and was.metric = now_is.metric
    and was.scope_key = now_is.scope_key
    and was.basis_code = now_is.basis_code
    and was.measure_code = now_is.measure_code
    and was.period is not distinct from now_is.period
where
    was.company is null
    or now_is.company is null
    or (was.status_code, was.value_low, was.value_high, was.unit_code)
    is distinct from (now_is.status_code, now_is.value_low, now_is.value_high, now_is.unit_code)
order by difference, lower(coalesce(now_is.company, was.company)), metric, period
