-- every column of every table and view with its comment, tables first
with relations as (
    select table_oid as oid, table_name as name, comment, false as is_view from duckdb_tables()
    where not internal and database_name = current_database()
    union all
    select view_oid, view_name, comment, true from duckdb_views()
    where not internal and database_name = current_database()
)
select
    relations.name,
    relations.is_view,
    relations.comment,
    columns.column_name,
    columns.data_type,
    columns.comment as column_comment,
from duckdb_columns() as columns
inner join relations on columns.table_oid = relations.oid and columns.table_name = relations.name
where not columns.internal and columns.database_name = current_database()
order by relations.is_view, relations.name, columns.column_index
