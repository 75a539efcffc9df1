-- What every table, view and column means. A field is described once, where it first stands: a column without a
-- comment of its own takes that of the one table, or else the one view, that describes its name.

comment on table schema_versions is 'Which steps of the schema this file has, and when it got them.';
comment on column schema_versions.version is 'Number of the last step applied to the tables. Example: 7';
comment on column schema_versions.step is 'The step, or "views" where views and comments were replaced.';
comment on column schema_versions.digest is 'SHA-256 of the views and comments that were applied; empty for a step.';
comment on column schema_versions.applied_at is 'When it was applied, UTC.';

comment on table runs is 'One row a run of the pipeline. The only rows that are written to again: a run gets its end.';
comment on column runs.run_id is 'The run of the pipeline that recorded the row; made at random.';
comment on column runs.flow is 'What ran. Example: monitor';
comment on column runs.started_at is 'When the run began, UTC.';
comment on column runs.finished_at is 'When the run ended, UTC; null while it runs, and for good where it was killed.';
comment on column runs.outcome_code is 'How the run ended: completed, failed (a part of it did), crashed; running while it runs, and for good where it was killed.';
comment on column runs.summary is 'The run in one line, for people.';
comment on column runs.page_count is 'Pages that were new to the warehouse.';
comment on column runs.article_count is 'Readings of pages that were new to the warehouse.';
comment on column runs.claim_count is 'Claims that were new to the warehouse.';
comment on column runs.failure_count is 'Looks at sources and pages that failed; see coverage.';

comment on table fresh_pages is 'Pages of the monitor of which it is not yet derived what they make known: normally none between two transactions.';
comment on table announcements is 'What those who watch are told: the events that pages of the monitor made known, as they were then. Never changed by a replay.';
comment on column announcements.announcement_id is 'Made of the event''s id; the id of the event on the Prefect server, too.';
comment on column announcements.title is 'The title of the page that makes the event.';
comment on column announcements.before_value_low is 'The lower end of the figure that it is an event against; null where there was none.';
comment on column announcements.before_value_high is 'The upper end of that figure.';
comment on column announcements.before_unit_code is 'Its unit.';
comment on column announcements.is_before_approx is 'Whether it was told as an approximation.';
comment on table channels is 'Who is told: the Prefect server, and each address of a watch list.';
comment on column channels.channel is 'Name of who is told: prefect, or a watch list''s name and the digest of an address of it.';
comment on column channels.opened_at is 'From when on it is told, UTC.';
comment on table deliveries is 'Who was told of what: one row an event and channel.';
comment on column deliveries.delivered_at is 'When, UTC.';
comment on table outbox is 'What is under way: one row an event and channel, until it is delivered.';
comment on column outbox.message_id is 'Of the message that it goes out in; one that may have arrived is sent again under the same id.';
comment on column outbox.taken_at is 'When a run took it to send it, UTC; null where it was not taken by the address.';

comment on table sources is 'What each source file said, one row a version: a changed file adds a row. A company is named where these are its own statements. See current_sources.';
comment on column sources.version_id is 'Content id of what the row says; the same words have the same id.';
comment on column sources.source_id is 'Name of the source''s file without .toml. Example: acme_newsroom';
comment on column sources.source_name is 'The source''s name, for people.';
comment on column sources.kind_code is 'How it is read: feed, sitemap, listing, edgar, wayback, warc, folder.';
comment on column sources.listing_url is 'Where it is listed: an address, or a path.';
comment on column sources.authority_code is 'Who speaks: company (its own statements), regulator, wire, press.';
comment on column sources.publisher is 'Who publishes it. Example: Reuters';
comment on column sources.language_code is 'ISO 639-1 language. Example: de';
comment on column sources.is_enabled is 'Whether runs read it.';
comment on column sources.recorded_at is 'When the warehouse took the row in, UTC. Not when the fact became known: see known_at.';

comment on table companies is 'What the registry said of each company, one row a version. See current_companies.';
comment on column companies.company is 'The shortest name in common use, whatever form a text has. Example: AB InBev';
comment on column companies.country_code is 'ISO 3166-1 country of its seat. Example: NL';
comment on column companies.ticker is 'Symbol on its main exchange. Example: AAPL';
comment on column companies.cik is 'Filer number at the United States SEC. Example: 0000320193';
comment on column companies.lei is 'Legal Entity Identifier, ISO 17442.';

comment on table metrics is 'What the metric files said, one row a version. See current_metrics.';
comment on column metrics.metric is 'What is measured. Example: unit_sales';
comment on column metrics.metric_name is 'The metric''s name, for people. Example: Unit sales';
comment on column metrics.usual_units is 'Units that its figures usually have: money, %, count, tCO2e.';
comment on column metrics.description is 'What the metric covers.';

comment on table coverage is 'Every look at a source''s listing or at a page of it: the proof of what was and was not read. Without url: the listing itself.';
comment on column coverage.look_id is 'Content id of the look.';
comment on column coverage.stage_code is 'How far the look went, or where it failed: source (its file), discover, fetch, parse, extract, load; monitor: something else broke.';
comment on column coverage.outcome_code is 'ok, unchanged (the server said that nothing is new), failed, partial (a listing that goes on beyond what one look asks for), refused (its publisher does not allow it), unread (a language or a type that is not read).';
comment on column coverage.found_count is 'How many pages a listing named; 0 of a page.';
comment on column coverage.read_count is 'How many articles were new, of a listing; of a page 1 where it was fetched and archived, held before or new.';
comment on column coverage.error is 'Why it failed; null where it did not.';
comment on column coverage.looked_at is 'When, UTC.';
comment on column coverage.since_date is 'First day that a source was asked about; null where it was asked what is new.';
comment on column coverage.until_date is 'Last day that a source was asked about; null where it was asked what is new.';
comment on column coverage.etag is 'The server''s name for this version of what it sent (HTTP ETag).';
comment on column coverage.last_modified is 'The server''s own date of change, as it wrote it (HTTP Last-Modified).';

comment on table pages is 'One row a version of a page: what came over the wire for an address, and where its bytes are kept.';
comment on column pages.page_id is 'Content id of address and bytes: the same bytes at the same address are one page.';
comment on column pages.url is 'Address of the page.';
comment on column pages.fetched_at is 'When the page was fetched first with these bytes, UTC.';
comment on column pages.http_status is 'HTTP status. Example: 200';
comment on column pages.content_type is 'Media type without parameters; empty where the server named none. Example: text/html';
comment on column pages.archive_file is 'The WARC file that holds the bytes.';
comment on column pages.archive_offset is 'Where in that file the record begins, in bytes.';
comment on column pages.body_bytes is 'Length of the body, in bytes.';
comment on column pages.body_sha256 is 'SHA-256 of the body, in hexadecimal.';

comment on table archive_records is 'Where the WARC record of each page and of each listing page stands; redirects and requests stand before it.';
comment on column archive_records.record_id is 'Content id of file and offset.';
comment on column archive_records.record_kind_code is 'response (what a server sent), resource (a file), revisit (the same as before: no bytes of its own).';
comment on column archive_records.archive_bytes is 'Length of the record, packed; null of pages from before there was this index.';
comment on column archive_records.payload_digest is 'SHA-1 of the body as it was sent, in base 32.';

comment on table listings is 'What was asked for to find pages: feeds, sitemaps and their parts, indexes; one row an answer, the latest counts.';
comment on column listings.listing_id is 'Content id of the run and what the row says.';
comment on column listings.is_complete is 'Whether every page that it named was had: only then is "unchanged" an answer.';

comment on table robots is 'What was read in the robots.txt of an origin; it is asked for again after a day.';
comment on column robots.robots_id is 'Content id of the origin, the text and when it was fetched.';
comment on column robots.origin is 'Scheme, host and port. Example: https://acme.example';
comment on column robots.body is 'The text; empty where there is none, and everything is allowed.';
comment on column robots.fetched_at is 'When it was asked for, UTC.';

comment on table rereadings is 'Which extractors have read a held page again and found nothing else in it than what stood.';
comment on column rereadings.result_code is 'same as the reading before, or failed (it could not be read). What was read otherwise stands in articles.';

comment on table reinstatements is 'Readings of before that stand again from recorded_at on: extractors were rolled back, or went forward again.';

comment on table articles is 'One row a reading of a page by one version of the extractors; the latest in article_readings is the current one.';
comment on column articles.article_id is 'Content id of the page, the extractors'' version and all that was read.';
comment on column articles.title is 'Headline of the article; null where it has none.';
comment on column articles.text is 'Its paragraphs, separated by a blank line; a table has a row a line, cells separated by tabs.';
comment on column articles.published is 'Date of publication as precise as the page has it. Example: 2016-12';
comment on column articles.published_date is 'First day of published. Example: 2016-12-01';
comment on column articles.published_precision_code is 'How precise published is: day, month.';
comment on column articles.issuer is 'The company that speaks in it ("we"), where source or page say so.';
comment on column articles.extractor_version is 'Version of the extractors that made the reading.';
comment on column articles.known_at is 'When it had surely appeared, UTC: the end of its published day or month, and never after it was fetched.';

comment on table claims is 'One row a claim: a company discloses or withholds one metric for one period. Never changed; see current_claims.';
comment on column claims.claim_id is 'Content id: of the reading, and the claim''s place in it. 64 bits.';
comment on column claims.scope is 'Product, segment or region that narrows the metric, in the text''s own word; null for the whole company. Example: iPhone';
comment on column claims.basis_code is 'actual (reported), guidance (the company''s own target or outlook), estimate (a third party''s figure).';
comment on column claims.measure_code is 'level (the amount itself), change (growth or decline against an earlier period; a fall is negative).';
comment on column claims.status_code is 'disclosed (a figure is given), withheld (the text says that it is not given, no longer or not yet).';
comment on column claims.period is 'The period the metric covers, as a label; null where it cannot be told. Example: 2018-Q4';
comment on column claims.period_start_date is 'First day of the period; null for an open or unknown start. A fiscal label is read as the calendar''s.';
comment on column claims.period_end_date is 'Last day of the period; null for an open or unknown end ("from 2025-Q1 on").';
comment on column claims.value_low is 'Lower end of the figure, written out in full; null without a lower bound or a figure. Example: 78290000';
comment on column claims.value_high is 'Upper end; the same as value_low for a single figure, null without an upper bound or a figure.';
comment on column claims.unit_code is 'ISO 4217 code for money, %, pp (percentage points), bp (basis points), tCO2e, count; null when withheld.';
comment on column claims.is_approx is 'Whether the text says "about" or the like; null when withheld.';
comment on column claims.quote is 'The sentence or table row that says it, verbatim.';
comment on column claims.quote_in is 'Where the quote stands: title, text.';
comment on column claims.quote_start is 'Characters of title or text before the quote; the first character is 0.';
comment on column claims.quote_end is 'Characters of title or text up to the end of the quote.';
comment on column claims.confidence is 'How sure the extractors are, from 0 to 1.';
comment on column claims.rule is 'What made the claim: a rule or a weights file.';

comment on view current_sources is 'The latest version of every source.';
comment on view current_companies is 'The latest version of every company in the registry.';
comment on view current_metrics is 'The latest version of every metric.';

comment on column claims.article_id is 'The reading that the claim was made from.';
comment on column claims.known_at is 'When the claim''s article had surely appeared, UTC; of a later version of a page, when that was seen (in claims itself: when its words were published).';
comment on column claims.scope_key is 'What scopes are compared by: lower case, no article, no plural; empty for the whole company. Example: iphone';
comment on column claims.cell_id is 'The fact that the claim is on: one number a company, metric, scope, basis, measure and period.';
comment on column companies.fiscal_year_end_month is 'Month in which its fiscal year ends, where the registry gives it, 1 to 12. Example: 9';
comment on column coverage.url is 'Address of the page that was looked at; null for the listing itself.';

comment on table sightings is 'Which version of a page a source showed, and when: a page may be shown by several sources, and may come back after another version.';
comment on column sightings.sighting_id is 'Content id of the sighting.';
comment on column sightings.sighted_at is 'When the source was seen to show this version of the page, UTC.';

comment on table readings is 'Every reading of every page, with the moment at which a later one took its place.';
comment on column readings.known_until is 'The moment from which a later reading of the page stands in its place, UTC; null for the current one.';
comment on column readings.superseded_at is 'When a later reading of the same page, or one of a later version of it, was recorded, UTC; null for the current one.';
comment on column readings.page_recorded_at is 'When the warehouse first held the page, UTC; a new reading of it does not change that.';
comment on column readings.speakers is 'The companies whose own words these are, in lower case; empty for a report.';

comment on view claim_history is 'Every claim that was ever read, with its page, who speaks, and from when to when it was the page''s last word.';
comment on view current_claims is 'The claims of the current readings, with their page and whether the company speaks itself.';
comment on column current_claims.cadence_code is 'Kind of the period: month, quarter, half, year, day, span (any other), open (no start or no end), undated.';
comment on column current_claims.period_ordinal is 'Place of the period among those of its cadence: the next one has one more. Null for day, span, open, undated.';
comment on column current_claims.is_own_statement is 'Whether the company itself says it: a source of its own, or a wire or a regulator that names it as issuer.';

comment on table best_now is 'The rows of disclosures, with the numbers that they are kept up by. Ask disclosures.';
comment on column best_now.first_word_id is 'The first claim that gave a figure, where the row is a figure, or refused one, where it is withheld; null where that is the row''s own claim.';
comment on column best_now.first_figure_id is 'The claim of the first figure that the company itself gave; null where that is the row''s own claim, and where it gave none.';
comment on column best_now.stands_from is 'From when on the row could be known as it is, UTC: nothing that it rests on has changed since.';
comment on column best_now.series_id is 'One number a company, metric and scope.';
comment on table best_before is 'The rows that stood in best_now before, from when to when. Ask disclosures_as_of.';
comment on column best_before.stands_until is 'When another row, or none, took its place, UTC.';
comment on view disclosures is 'One row a company, metric, scope, basis, measure and period: the best current claim, and who agrees.';
comment on column disclosures.normal_low is 'value_low in normal units: what is told in basis points in percentage points; money stays in its currency.';
comment on column disclosures.normal_high is 'value_high in normal units.';
comment on column disclosures.normal_unit_code is 'The unit of normal_low and normal_high.';
comment on column disclosures.calendar_start_date is 'First day of the period in the calendar, where its label is of the company''s own year. Example: 2018-07-01 for 2018-Q4 of a year that ends in September';
comment on column disclosures.calendar_end_date is 'Last day of the period in the calendar. See fiscal_calendars.';
comment on column disclosures.first_known_at is 'When the first claim that agrees with the row appeared, UTC.';
comment on column disclosures.first_recorded_at is 'When the warehouse first held a page that says so, UTC.';
comment on column disclosures.first_told_at is 'When anyone first said anything of this fact, figure or refusal, UTC.';
comment on column disclosures.first_said_so_at is 'When anyone first gave a figure, where the row is a figure, or refused one, where it is withheld, UTC.';
comment on column disclosures.agreeing_source_count is 'Sources whose best claim agrees with the row, its own included; those that repeat one long sentence letter for letter, as copies of a release do, are one.';
comment on column disclosures.contradicting_source_count is 'Sources whose best claim says otherwise; a figure in another unit does neither.';

comment on table own_statements is 'The latest period of each cadence that a company''s own statement reports on.';

comment on table silences is 'A metric given three or more periods in a row, and missing from the company''s own statement on a later one; the article is the proof.';
comment on column silences.period is 'The period that is missing. Example: 2025-Q1';
comment on column silences.article_id is 'The reading of the statement that does not give the metric: the proof.';
comment on column silences.url is 'Address of the statement that does not give the metric.';
comment on column silences.title is 'Headline of the statement that does not give the metric.';
comment on column silences.last_period is 'The last period for which it was given. Example: 2024-Q4';
comment on column silences.streak_count is 'Periods in a row for which it was given up to then.';
comment on column silences.silent_count is 'How many proved silences this one is since then; 1 for the first.';
comment on column silences.companion_count is 'Other figures that stood beside it when it was last given.';
comment on column silences.companion_given_count is 'How many of those the proof gives; at least half.';
comment on column silences.known_at is 'When the statement had surely appeared, UTC: the silence was known from then.';
comment on column silences.cleared_at is 'When a figure or a refusal for the period was given after all, UTC; null while the silence lasts.';
comment on column silences.replacement_metric is 'A metric that began in the statement that is the proof, of the same unit where there is one: a candidate, no proof.';
comment on column silences.replacement_scope is 'The scope of replacement_metric; null for the whole company.';

comment on view cadence_rules is 'Data: what is expected of each cadence before a missing metric is a silence.';
comment on column cadence_rules.least_streak is 'Periods in a row after which a metric is steady.';
comment on column cadence_rules.leeway_days is 'How much earlier after its period than the metric ever came a statement may come and still be a proof.';
comment on column cadence_rules.grace_days is 'A figure that comes within so many days after the statement counts as told with it.';

comment on table disclosure_events is 'What changed: one row an event, with the claims, or the absence and its proof, that it rests on.';
comment on column disclosure_events.event_id is 'Content id: of the kind, the series and the claim or the statement that it rests on.';
comment on column disclosure_events.event_code is 'first_disclosed, stopped (no more from a period on), resumed, withheld (for one period), restated, guidance_set, guidance_raised, guidance_cut, guidance_withdrawn, target_met, target_missed, fell_silent, redefined (another metric began where this one ended).';
comment on column disclosure_events.claim_id is 'The claim that makes the event; null for an absence. Of redefined: the first claim of what began.';
comment on column disclosure_events.before_claim_id is 'The claim that it is an event against: the last figure, the outlook before; null where there was none.';
comment on column disclosure_events.article_id is 'The reading that makes the event; of fell_silent the statement that does not give the metric: the proof.';
comment on column disclosure_events.known_at is 'When the event could be known, UTC.';

comment on table own_figures is 'The figures in companies'' own current statements, narrow: what silences are found by.';
comment on table own_cadences is 'In which cadences companies'' own statements report.';
comment on column own_cadences.cadences is 'Cadences, the one of most periods first. Example: [quarter, year]';
comment on table series_starts is 'In which own statement each series began: what may replace a metric that ended there.';
comment on table streaks is 'For which periods in a row companies'' own statements gave a series: what silences are expected by.';
comment on column streaks.last_ordinal is 'Place of the last period of the streak among those of its cadence.';
comment on column streaks.next_ordinal is 'Place of the period in which the series was given again; null where it was not.';
comment on column streaks.least_delay_days is 'In how many days after the end of its period the series was given at the earliest.';
comment on macro placed_cadence is 'Kind of the period that a figure stands for: an instant for the period it ends.';
comment on macro placed_ordinal is 'Place of the period that a figure stands for among those of its cadence.';
comment on table turns is 'Facts of which the company gave first a figure and then a refusal, or the other way round: each turn.';
comment on table stale_urls is 'Upkeep: addresses whose pages, readings or sources changed since the derived tables were brought up; empty between two runs.';
comment on table stale_articles is 'Upkeep: what was ever read at stale addresses; empty between two runs.';
comment on table stale_cells is 'Upkeep: the facts that are to be derived afresh; empty between two runs.';
comment on table touched_cells is 'Upkeep: the facts that are being derived afresh; empty between two transactions.';
comment on table touched_series is 'Upkeep: the series that are being derived afresh; empty between two transactions.';
comment on view stale_readings is 'Upkeep: readings as they should be, of the addresses in stale_urls.';
comment on view stale_series_events is 'Upkeep: events along a series as they should be, of those in touched_series.';
comment on view stale_replacements is 'Upkeep: redefined events as they should be, of the companies in touched_cells.';

comment on view article_readings is 'articles, once for each time that the extractors came to read them so; of a page the latest recorded is current.';
comment on view last_readers is 'By which extractors each page was read last, whatever came of it: those need not read it again.';

comment on macro table disclosures_as_of is 'disclosures as they could be known at a moment: only what had appeared by then, read as it is read now. Example: from disclosures_as_of(''2019-01-31'')';
comment on macro is_touched is 'Whether facts of a company are being derived afresh.';
comment on macro table claims_told is 'claim_history, of all facts or of those in touched_cells.';
comment on macro agree is 'Whether two figures can be one: a rounding agrees with what it rounds, a bound with what lies beyond it.';
comment on macro reaches is 'Whether a figure may be as low as the other''s upper end: one half of agree.';
comment on macro at_least is 'Whether a value reaches a goal, roundings allowed; null where either is open.';
comment on macro leeway is 'How far a figure may be from another and still be a rounding of it.';
comment on macro last_digit_step is 'One unit of a figure''s last digit that is not zero. Example: 100000000 for 1200000000';
comment on macro vagueness is '1 exact, 2 approximate, 3 a range, 4 a bound or no figure.';
comment on macro cadence is 'Kind of a period, from its first and last day. Example: quarter';
comment on macro cadence_months is 'Months in a period of a cadence; null for day, span, open, undated.';
comment on macro ordinal is 'Place of a period among those of its cadence: the next one has one more.';
comment on macro ordinal_label is 'The label of the period at a place. Example: 2018-Q4';
comment on macro ordinal_first_day is 'First day of the period at a place.';
comment on macro ordinal_last_day is 'Last day of the period at a place.';
comment on macro ends_period is 'Whether a day is the last of a period of a cadence.';
comment on macro label_cadence is 'Kind of the period that one end of an open label names.';
comment on macro scope_key is 'A scope without case, article, plural, trade mark: what scopes are compared by. Example: iphone for the iPhones';
comment on macro scope_words is 'The words of a scope, in lower case.';
comment on macro scope_articles is 'Data: the articles that a scope''s first word may be.';
comment on macro singular is 'A word without a plural''s s.';
comment on macro words_of is 'The words of a sentence that can be a metric''s name; of scripts without spaces each two characters.';
comment on macro key_of is 'One number for a list of texts, the same on every machine.';
comment on macro series_id is 'One number a company, metric and scope.';
comment on macro cell_id is 'One number a company, metric, scope, basis, measure and period.';
comment on macro claim_id is 'Content id of a claim: of its reading, and its place there.';
comment on macro event_id is 'Content id of an event.';

comment on view article_revisions is 'Articles that were edited after they were first fetched: one row a change of title or text.';
comment on column article_revisions.page_id is 'The page as it was after the change.';
comment on column article_revisions.previous_page_id is 'The page as it was before.';
comment on column article_revisions.fetched_at is 'When the change was first seen, UTC.';
comment on column article_revisions.previous_fetched_at is 'When the earlier version was first fetched, UTC.';
comment on column article_revisions.previous_title is 'Headline before the change.';
comment on column article_revisions.previous_text is 'Text before the change.';

comment on view claim_checks is 'Current claims that their metric''s own history makes implausible, by a unit error or another slip: flagged, not dropped.';
comment on column claim_checks.check_code is 'implausible_jump: the figure is about a thousand times the usual one or more, or a thousandth of it or less.';
comment on column claim_checks.usual_value is 'The median of the metric''s disclosed figures of that cadence, basis and unit, without sign.';
comment on column claim_checks.times_usual is 'The figure divided by the usual one, without sign. Example: 1000.';
comment on column claim_checks.figure_count is 'How many figures the history has.';

comment on view coverage_by_window is 'What was looked at, a row a source and calendar month: tells where nothing was published from where nobody looked.';
comment on column coverage_by_window.window_start_date is 'First day of the month.';
comment on column coverage_by_window.window_end_date is 'Last day of the month.';
comment on column coverage_by_window.look_count is 'Looks at the source''s listing that succeeded and asked about days of the month.';
comment on column coverage_by_window.failure_count is 'Looks, at the listing or at a page of it, that failed.';
comment on column coverage_by_window.last_error is 'Why the latest of them failed.';
comment on column coverage_by_window.article_count is 'Pages of the source that are held and were published in the month.';
comment on column coverage_by_window.coverage_code is 'published: articles are held; nothing_published: looked at, and nothing was there; failed: tried in vain, or only in part; not_looked_at: no look asked about the month.';

comment on view fiscal_calendars is 'Companies whose year is not the calendar''s, as far as that is known. Of 52 or 53 weeks the nearest month''s end counts.';
comment on column fiscal_calendars.fiscal_year_end_month is 'Month in which the fiscal year ends, 1 to 12. Example: 9';
comment on column fiscal_calendars.label_lead_months is 'By how many months a label leads the calendar: 3 where 2018-Q4 ends in September 2018; below 0 where it ends in 2019.';
comment on column fiscal_calendars.origin_code is 'registry (given there), stated (the company told of a year by its months), learnt (from labels of quarters told before the calendar''s were over).';
comment on column fiscal_calendars.statement_count is 'How many of the company''s statements it was told or learnt from; null where the registry gives it.';
comment on column own_figures.is_labelled is 'Whether its period is a label that the company may count in a year of its own.';
comment on macro is_labelled is 'Whether a period is told by a label that a company may count in a year of its own.';
comment on macro label_lead is 'By how many months labels lead the calendar, from the month in which years end.';
comment on macro learnt_lead is 'By how many months labels lead the calendar, from how early they are told.';
comment on macro calendar_first_day is 'First day in the calendar of a period, from that of its label.';
comment on macro calendar_last_day is 'Last day in the calendar of a period, from that of its label.';
comment on macro normal_unit is 'The unit in which figures of a unit are compared. Example: pp for bp';
comment on macro normal_value is 'A figure in its normal unit.';
comment on table year_ends is 'What companies'' own statements tell of where their years end. Ask fiscal_calendars.';
comment on column year_ends.stated_month is 'Month in which the years end that the company told by their months; null where there are none.';
comment on column year_ends.stated_count is 'How many statements told of such a year.';
comment on column year_ends.delay_days is 'Median of the days from the end of the calendar''s quarter of its label to each statement; below 0 it came before.';
comment on column year_ends.delay_count is 'How many statements on a labelled quarter there are.';
comment on macro voice is 'Who speaks in a sentence: its source, or, of a long one, whoever says the same letter for letter.';
comment on view told_events is 'disclosure_events with the sentence and the address that each rests on.';
