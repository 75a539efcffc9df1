insert into listings by name
select batch.* from batch anti join listings using (listing_id)
