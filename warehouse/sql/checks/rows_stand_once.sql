-- no id stands twice in its table: nothing was loaded twice
select 'claims' as table_name, claim_id as id from claims group by all having count(*) > 1
union all
select 'articles', article_id from articles group by all having count(*) > 1
union all
select 'pages', page_id from pages group by all having count(*) > 1
union all
select 'coverage', look_id from coverage group by all having count(*) > 1
union all
select 'runs', run_id from runs group by all having count(*) > 1
