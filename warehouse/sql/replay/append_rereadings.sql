-- what is not the last word of a page already
insert into rereadings by name
with last_words as (
    select page_id, arg_max(extractor_version, recorded_at) as extractor_version
    from (
        select page_id, extractor_version, recorded_at from article_readings semi join batch using (page_id)
        union all
        select page_id, extractor_version, recorded_at from rereadings semi join batch using (page_id)
    )
    group by page_id
)

select batch.* from batch anti join last_words using (page_id, extractor_version)
