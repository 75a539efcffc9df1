-- every macro with its parameters and its comment, those that give a table first
select
    function_name,
    if(function_type = 'table_macro', 'a table', 'a value') as kind,
    parameters,
    "comment",
from duckdb_functions()
where not internal
order by function_type = 'table_macro' desc, function_name
