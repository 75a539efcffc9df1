-- Scopes are compared by a key, and claims of one fact by a cell: a company x metric x scope x basis x measure x period.

-- the articles that a scope's first word may be; a word a line where more are needed
create macro scope_articles() as [
    'the', 'a', 'an',
    'der', 'die', 'das', 'den', 'dem', 'des',
    'le', 'la', 'les', 'l',
    'de', 'het', 'een',
    'el', 'los', 'las'
];

-- one without a plural's s; what ends in ss, us or is has none
create macro singular(word) as
    if(length(word) > 3 and regexp_matches(word, '[^sui]s$'), word[:-2], word);

create macro scope_words(scope) as regexp_split_to_array(
    trim(regexp_replace(lower(nfc_normalize(scope)), '[\s\p{Pd}_™®©"“”‘’'']+', ' ', 'g')), ' '
);

-- iPhone, iPhones, the iPhone and "IPHONE": iphone; empty for the whole company
create macro scope_key(scope) as coalesce(
    array_to_string(
        list_transform(
            if(
                len(scope_words(scope)) > 1 and list_contains(scope_articles(), scope_words(scope)[1]),
                scope_words(scope)[2:],
                scope_words(scope)
            ),
            lambda word: singular(word)
        ),
        ' '
    ),
    ''
);

create macro key_of(parts) as md5_number_lower(array_to_string(list_transform(parts, lambda part: coalesce(part, chr(0))), chr(31)));

create macro series_id(company, metric, scope_key) as key_of([company, metric, scope_key]);

create macro cell_id(company, metric, scope_key, basis_code, measure_code, first_day, last_day) as
    key_of([company, metric, scope_key, basis_code, measure_code, first_day::varchar, last_day::varchar]);

alter table claims add column scope_key varchar;
alter table claims add column cell_id ubigint;
update claims set
    scope_key = scope_key(scope),
    cell_id = cell_id(company, metric, scope_key(scope), basis_code, measure_code, period_start_date, period_end_date);
