"""Run by `benchmarks/replay.py --peer PYTHON`: the pages of a folder's WARC files read to articles by another reader.

Writes how many articles came of them, of how many pages, and what that took: seconds, and seconds of the processor.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator


def reader(name: str) -> Callable[[bytes, str], bool]:
    """Whether a page at an address has an article, as this reader sees it."""
    if name == "newsplease":
        from newsplease import NewsPlease  # type: ignore[import-not-found]

        return lambda body, url: bool((article := NewsPlease.from_html(body, url=url)) and article.maintext)
    from trafilatura import bare_extraction

    # with what a newsroom wants of a page: its text, title and date
    return lambda body, url: bool(bare_extraction(body, url=url, with_metadata=True))


def main() -> None:
    read, articles, pages = reader(sys.argv[1]), 0, 0
    begun, processor = time.perf_counter(), time.process_time()
    for path in sorted(Path(sys.argv[2]).glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type not in ("response", "resource"):
                    continue
                pages += 1
                url = record.rec_headers.get_header("WARC-Target-URI")
                with suppress(Exception):  # whatever it makes of a page, the next one is read
                    articles += read(record.content_stream().read(), url)
    print(articles, pages, time.perf_counter() - begun, time.process_time() - processor)


if __name__ == "__main__":
    main()
