-- every page came from a source that is on record
select page_id, url, source_id from pages anti join sources using (source_id)
