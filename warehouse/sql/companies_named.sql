-- the names in the claims that differ from $company in the case of their letters alone
select distinct company from claims where lower(company) = lower($company) order by company
