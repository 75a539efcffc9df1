-- a source that shows a page that is held and was not known to be there
insert into sightings by name
select batch.* from batch anti join sightings using (page_id, source_id)
