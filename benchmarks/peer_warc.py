"""Run by `benchmarks/replay.py --peer PYTHON`: the pages of a folder's WARC files read to articles by news-please.

Writes how many articles came of them, and what that took: seconds, and seconds of the processor.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from newsplease import NewsPlease  # type: ignore[import-not-found]
from warcio.archiveiterator import ArchiveIterator


def main() -> None:
    begun, processor, articles, pages = time.perf_counter(), time.process_time(), 0, 0
    for path in sorted(Path(sys.argv[1]).glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type not in ("response", "resource"):
                    continue
                pages += 1
                body = record.content_stream().read()
                try:
                    article = NewsPlease.from_html(body, url=record.rec_headers.get_header("WARC-Target-URI"))
                    articles += bool(article and article.maintext)
                except Exception:  # noqa: S110 (whatever it makes of a page, the next one is read)
                    pass
    print(articles, pages, time.perf_counter() - begun, time.process_time() - processor)


if __name__ == "__main__":
    main()
