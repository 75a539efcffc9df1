create or replace view current_sources as
select * from sources
qualify row_number() over (partition by source_id order by recorded_at desc) = 1;

create or replace view current_companies as
select * from companies
qualify row_number() over (partition by company order by recorded_at desc) = 1;

create or replace view current_metrics as
select * from metrics
qualify row_number() over (partition by metric order by recorded_at desc) = 1;
