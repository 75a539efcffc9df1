-- of the source's pages, or else of all, or else as news pages are
select coalesce(avg(body_bytes) filter (source_id = $source_id), avg(body_bytes), 80_000)::double from pages
