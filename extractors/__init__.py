"""Pure readers: a page's bytes in, an article out; an article in, claims out. No network, no disk, no database."""
