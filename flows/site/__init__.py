"""The site: static pages, feeds and exports made of the published warehouse."""
