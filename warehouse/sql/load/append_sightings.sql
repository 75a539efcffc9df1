insert into sightings by name
select batch.* from batch anti join sightings using (sighting_id)
