-- Where do sources say different things of one fact?
select
    company, metric, "scope", basis_code as basis, period, status_code as status, value_low, value_high,
    agreeing_source_count as agree, contradicting_source_count as contradict, url,
from disclosures
where
    contradicting_source_count > 0
    and known_at >= $since
    and ($company is null or lower(company) = lower($company))
    and ($metric is null or metric = $metric)
order by contradicting_source_count desc, company, metric, period
