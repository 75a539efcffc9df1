"""The name that a company's or a metric's page has in links: the same on every machine and in every run."""

from __future__ import annotations

import re

from extractors.model import content_id

_LONGEST = 60


def slug_of(name: str) -> str:
    """A file's name and a part of an address: small letters, digits and hyphens, whatever the name holds.

    Where that loses anything but case and spaces, a few digits that the name decides keep it apart from others.

    >>> slug_of("AB InBev"), slug_of("3M")
    ('ab-inbev', '3m')
    >>> slug_of("L'Oréal") == slug_of("L Or al")
    False
    """
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:_LONGEST].rstrip("-")
    if plain and plain == name.lower().replace(" ", "-"):
        return plain
    return f"{plain}-{content_id(name).hex[:8]}".lstrip("-")
