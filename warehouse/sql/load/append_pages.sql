insert into pages by name
select batch.* from batch anti join pages using (page_id)
