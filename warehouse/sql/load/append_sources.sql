-- a new version, where the current one says something else
insert into sources by name
with current_versions as (
    select version_id from sources
    qualify row_number() over (partition by source_id order by recorded_at desc) = 1
)
select batch.* from batch anti join current_versions using (version_id)
