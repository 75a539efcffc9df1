-- a page that two sources name is held once, under the first of them, and known to both
select url from pages where source_id = $source_id
union
select url from coverage semi join pages using (url) where source_id = $source_id
