-- what is disclosed has a figure with a unit, its lower end not above its upper; what is withheld has none
select claims.claim_id, pages.url, claims.status_code, claims.value_low, claims.value_high, claims.unit_code
from claims
inner join pages using (page_id)
where
    (status_code = 'withheld' and coalesce(value_low, value_high) is not null)
    or (status_code = 'disclosed' and (coalesce(value_low, value_high) is null or unit_code is null))
    or value_low > value_high
