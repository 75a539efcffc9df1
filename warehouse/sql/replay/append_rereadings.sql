insert into rereadings by name
select batch.* from batch anti join last_readers using (page_id, extractor_version)
