-- Which metrics were refused and never given?
select company, metric, any_value("scope") as "scope", count(*) as refusals, max(known_at)::date as last_refused_on
from disclosures
where
    basis_code = 'actual'
    and measure_code = 'level'
    and ($company is null or lower(company) = lower($company))
    and ($metric is null or metric = $metric)
group by company, metric, scope_key
having bool_and(status_code = 'withheld') and max(known_at) >= $since
order by refusals desc, company, metric
