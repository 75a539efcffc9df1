insert into claims by name
with scopes as materialized (
    select "scope", scope_key("scope") as scope_key from (select distinct "scope" from batch)
)

select
    batch.*,
    scopes.scope_key,
    cell_id(company, metric, scopes.scope_key, basis_code, measure_code, period_start_date, period_end_date) as cell_id,
from batch
inner join scopes on batch."scope" is not distinct from scopes."scope"
anti join claims using (claim_id)
