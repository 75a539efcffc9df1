-- every reading is of a page that is held, and every claim of a reading of the page it names
select 'article' as what, article_id::varchar as id from articles anti join pages using (page_id)
union all
select 'claim', claim_id::varchar from claims anti join articles using (article_id, page_id)
