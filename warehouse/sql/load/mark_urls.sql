insert into stale_urls select unnest($urls)
