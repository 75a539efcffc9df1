delete from best_now where cell_id in (select touched_cells.cell_id from touched_cells);
insert into best_now by name select * from best_claims('infinity'::timestamptz, true);
