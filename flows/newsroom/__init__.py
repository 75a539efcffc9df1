"""The embedded newsroom: invented companies' own sites and two news sites on a loopback port, three years of news.

`companies/` holds the figures and dates, `texts/` each company's turns of phrase, `press/` what the news sites write,
`words/` how a language writes amounts, `templates/` the pages. What is told to a reader follows from them and a clock.
"""

from flows.newsroom.clock import FIRST_DAY, next_day
from flows.newsroom.server import serve

__all__ = ["FIRST_DAY", "next_day", "serve"]
