insert into archive_records by name
select batch.* from batch anti join archive_records using (record_id)
