"""The DuckDB warehouse: what each company disclosed or withheld, for which period, as known when."""
