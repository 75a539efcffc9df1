-- a reading says each fact once: the same words do not give the same claim twice
select article_id, company, metric, scope, basis_code, measure_code, status_code, period, value_low, value_high, unit_code
from claims
group by all
having count(*) > 1
