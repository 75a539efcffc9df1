-- The best claims of now, kept up by derive/: nothing but best_claims('infinity', false) in a table.
create or replace table best_now as
select * from best_claims('infinity'::timestamptz, false) limit 0;

create or replace view disclosures as
select * exclude (cell_id, series_id, first_word_id, first_figure) from best_now;

create or replace macro disclosures_as_of(moment) as table
select * exclude (cell_id, series_id, first_word_id, first_figure) from best_claims(moment::timestamptz, false);
