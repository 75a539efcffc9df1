delete from own_figures
where article_id in (select readings.article_id from readings semi join stale_urls using (url));
insert into own_figures by name select * from stale_own_figures;
