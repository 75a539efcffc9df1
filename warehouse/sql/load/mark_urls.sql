insert into stale_urls select distinct url from batch
