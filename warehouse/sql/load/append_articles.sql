insert into articles by name
select batch.* from batch anti join articles using (article_id)
