-- a new version, where the current one says something else
insert into companies by name
with current_versions as (
    select version_id from companies
    qualify row_number() over (partition by company order by recorded_at desc) = 1
)
select batch.* from batch anti join current_versions using (version_id)
