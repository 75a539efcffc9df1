-- Whether facts of a company are being derived afresh. The names of a few companies are looked for while a table is
-- scanned: the other columns of rows without them are not read.
create or replace macro is_touched(company) as
    company in (select touched_cells.company from touched_cells)
    and (getvariable('few_companies') is null or list_contains(getvariable('few_companies'), company));
