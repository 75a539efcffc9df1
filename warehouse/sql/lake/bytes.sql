-- what the files of a lake take that are read now
select coalesce(sum(file_size_bytes + delete_file_size_bytes), 0)::bigint from ducklake_table_info('lake')
