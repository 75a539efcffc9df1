select
    source_id, source_name, kind_code, listing_url, authority_code, company, publisher, language_code,
from current_sources
where not list_contains($known, source_id)
