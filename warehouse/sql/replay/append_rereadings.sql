insert into rereadings by name
select batch.* from batch anti join rereadings using (page_id, extractor_version)
