select page_id from pages where page_id in (select unnest($page_ids::uuid[]))
