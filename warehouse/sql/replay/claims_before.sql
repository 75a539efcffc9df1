select
    article_id, company, metric, "scope", basis_code, measure_code, period, status_code, value_low, value_high, unit_code, quote,
from claims
where article_id in (select unnest($article_ids::uuid[]))
