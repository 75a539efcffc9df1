"""The pipeline at work: discover, fetch, archive, then parse, extract, load; flows, settings and the command line."""
