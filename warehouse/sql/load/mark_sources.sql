-- every page of a source whose authority or company is another now than in the rows that were derived
insert into stale_urls
select distinct url from sightings where source_id in (select unnest($source_ids))
