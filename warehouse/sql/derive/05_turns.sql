delete from turns where cell_id in (select touched_cells.cell_id from touched_cells);
insert into turns by name select * from stale_turns;
