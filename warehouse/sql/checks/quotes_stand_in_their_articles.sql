-- a quote is its title's or text's own characters, from its start to its end
select claims.claim_id, pages.url, claims.quote
from claims
inner join articles using (article_id)
inner join pages on articles.page_id = pages.page_id
where
    claims.quote = ''
    or claims.quote is distinct from substring(
        if(claims.quote_in = 'title', articles.title, articles.text),
        claims.quote_start + 1,
        claims.quote_end - claims.quote_start
    )
