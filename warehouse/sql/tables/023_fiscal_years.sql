alter table companies add column fiscal_year_end_month integer;
