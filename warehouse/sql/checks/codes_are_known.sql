-- closed lists are closed
select claims.claim_id, basis_code, measure_code, status_code, quote_in
from claims
where
    basis_code not in ('actual', 'guidance', 'estimate')
    or measure_code not in ('level', 'change')
    or status_code not in ('disclosed', 'withheld')
    or quote_in not in ('title', 'text')
