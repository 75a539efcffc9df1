-- what rests on the stale addresses: the articles that were ever read there, and the cells of every claim in them
create or replace temp table followed_articles as
select distinct article_id from readings semi join stale_urls using (url);
insert into stale_articles from followed_articles;
insert into stale_cells by name
select distinct cell_id, series_id(company, metric, scope_key) as series_id, company
from claims
where article_id in (select followed_articles.article_id from followed_articles)
order by company;
drop table followed_articles;
delete from stale_urls;
