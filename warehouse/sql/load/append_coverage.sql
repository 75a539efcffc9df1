insert into coverage by name
select batch.* from batch anti join coverage using (look_id)
