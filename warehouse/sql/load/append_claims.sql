insert into claims by name
select batch.* from batch anti join claims using (claim_id)
