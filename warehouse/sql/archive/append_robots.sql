insert into robots by name
select batch.* from batch anti join robots using (robots_id)
