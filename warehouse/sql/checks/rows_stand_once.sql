-- no id stands twice in its table: nothing was loaded twice
select 'claims' as table_name, claim_id::varchar as id from claims group by all having count(*) > 1
union all
select 'articles', article_id::varchar from articles group by all having count(*) > 1
union all
select 'pages', page_id::varchar from pages group by all having count(*) > 1
union all
select 'coverage', look_id::varchar from coverage group by all having count(*) > 1
union all
select 'runs', run_id::varchar from runs group by all having count(*) > 1
