-- what a company reports has happened: its period has begun when the article appears (a fiscal label may be read a
-- year ahead of the calendar, so that is allowed)
select claims.claim_id, pages.url, claims.company, claims.metric, claims.period, claims.known_at, claims.quote
from claims
inner join pages using (page_id)
where
    claims.basis_code = 'actual'
    and claims.status_code = 'disclosed'
    and coalesce(claims.period_end_date, claims.period_start_date) > (claims.known_at at time zone 'UTC')::date + interval 1 year
