-- Small files are merged, those that lost a quarter of their rows are written afresh. For a month the lake can be read as
-- it was; a file that nobody reads by then is removed a day later, as a reader may have it open.
call lake.set_option('expire_older_than', '30 days');
call lake.set_option('delete_older_than', '1 day');
call lake.set_option('rewrite_delete_threshold', 0.25);
checkpoint lake;
