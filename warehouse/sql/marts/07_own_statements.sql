-- What a company's own statement reports on: of each cadence the latest period among its reported figures. The
-- figures of earlier periods that stand beside them for comparison do not make it a statement on those.

create or replace view own_statements as
select
    company,
    cadence_code,
    max(period_ordinal) as period_ordinal,
    article_id,
    any_value(url) as url,
    any_value(title) as title,
    any_value(known_at) as known_at,
    any_value(page_recorded_at) as page_recorded_at,
from current_claims
where
    is_own_statement
    and basis_code = 'actual'
    and status_code = 'disclosed'
    and period_ordinal is not null
group by company, cadence_code, article_id;
