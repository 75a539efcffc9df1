-- the claims of readings that are not held yet: a reading and its claims come in together, and its id is of them too
insert into claims by name
with scopes as materialized (
    select "scope", scope_key("scope") as scope_key from (select distinct "scope" from batch)
)

select
    claim_id(article_id, batch.number) as claim_id,
    batch.* exclude (number),
    scopes.scope_key,
    cell_id(company, metric, scopes.scope_key, basis_code, measure_code, period_start_date, period_end_date) as cell_id,
from batch
inner join scopes on batch."scope" is not distinct from scopes."scope"
anti join articles using (article_id)
