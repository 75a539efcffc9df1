-- What did a company say of a metric, period by period?
select
    company, metric, "scope", basis_code as basis, measure_code as measure, period, status_code as status,
    value_low, value_high, unit_code as unit, known_at::date as known_on, url,
from disclosures
where
    ($company is null or lower(company) = lower($company))
    and ($metric is null or metric = $metric)
order by company, metric, "scope" nulls first, basis, measure, cadence_code, period_start_date nulls last
