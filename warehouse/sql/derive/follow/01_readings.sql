delete from readings where url in (select stale_urls.url from stale_urls);
insert into readings by name select * from stale_readings;
