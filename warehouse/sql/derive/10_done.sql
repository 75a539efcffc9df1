delete from stale_urls;
delete from touched_cells;
delete from touched_series;
drop table touched_claims;
drop table own_words;
drop table touched_figures;
drop table steady_companies;
