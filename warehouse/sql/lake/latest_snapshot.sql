-- the last commit that the connection sees
select id from lake.current_snapshot()
