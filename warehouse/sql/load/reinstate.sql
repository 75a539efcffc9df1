-- Readings that are held, of pages whose current one is of another version of the extractors: those were rolled back, or
-- went forward again. Two of one version, from two sources that show the page, are no such.
insert into reinstatements by name
with told as materialized (
    select article_id, page_id, extractor_version, recorded_at, run_id from batch
),

current_versions as (
    select page_id, arg_max(extractor_version, (recorded_at, article_id)) as extractor_version
    from article_readings
    where page_id in (select told.page_id from told)
    group by page_id
)

select told.article_id, told.recorded_at, told.run_id
from told
semi join articles using (article_id)
inner join current_versions using (page_id)
where told.extractor_version <> current_versions.extractor_version
