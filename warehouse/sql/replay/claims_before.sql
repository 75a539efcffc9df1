select
    article_id, company, metric, "scope", basis_code, measure_code, period, status_code, value_low, value_high, unit_code, quote,
from claims
where list_contains($article_ids, article_id)
