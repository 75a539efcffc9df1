-- every address that was marked is followed, with all that its pages made known
delete from stale_articles;
delete from fresh_pages;
