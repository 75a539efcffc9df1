-- a new version, where the current one says something else
insert into metrics by name
with current_versions as (
    select version_id from metrics
    qualify row_number() over (partition by metric order by recorded_at desc) = 1
)
select batch.* from batch anti join current_versions using (version_id)
