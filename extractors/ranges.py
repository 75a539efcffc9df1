"""Numbers that stand together: the two ends of a range, a change from one to another, a list with one unit."""

from __future__ import annotations

from decimal import Decimal

from extractors.grammar import Grammar
from extractors.mentions import Mention, is_named

_LARGE = 1000
"""An amount that needs no scale of the next."""
_SENTENCE = 80  # characters before a range in which a verb of movement makes it a change
_NEAR = 24  # characters between the two numbers
_FARTHEST = 20  # an upper end is no more than so many times the lower
_QUOTES = " '\"“”„«»‘’"


def join_ranges(mentions: list[Mention], text: str, folded: str, rules: Grammar) -> list[Mention]:
    """The mentions with both ends of each range as one; numbers of one phrase share its scale and unit."""
    joined: list[Mention] = []
    clause = 0
    for mention in mentions:
        if (
            not joined
            or _is_product(joined[-1], mention, text, rules)
            or not _join(joined[-1], mention, folded, rules, clause)
        ):
            clause = joined[-1].end if joined else 0
            joined.append(mention)
    return joined


def _add_coins(first: Mention, second: Mention, folded: str, rules: Grammar) -> bool:
    """Take in the cents told behind an amount: "3 dollars and 50 cents", "5 euro 50"."""
    unit = first.unit
    if unit is None or unit.kind != "money" or unit.factor != 1 or first.scale != 1 or first.is_unit_before:
        return False
    joint = folded[first.end : second.core].strip()
    if (joint and joint not in rules.connectors["coins"]) or second.scale != 1 or second.value <= 0:
        return False
    coin = rules.coin.match(folded, second.end) if second.unit is None else None
    if second.unit is not None and second.unit.kind == "money" and second.unit.factor < 1:
        part = second.value
    elif coin is not None:
        part = second.value * rules.coins[coin["coin"]]
        second.end = coin.end()
    elif not joint and second.unit is None and _is_two_digits(second, folded):
        part = second.value / 100
    else:
        return False
    if not part < 1 or first.value * 10 % 1 or (first.value % 1 and part >= Decimal("0.1")):
        return False
    first.value, first.end, first.is_bare = first.value + part, second.end, False
    return True


def _is_rough(first: Mention, second: Mention, folded: str, rules: Grammar) -> bool:
    """Whether two numbers are one that is told roughly: "een procent of vier", "een miljoen of drie"."""
    is_one = first.is_spelt and first.value == first.scale and (first.unit is not None or first.scale > 1)
    is_plain = second.unit is None and second.scale == 1 and second.value > 1
    return is_one and is_plain and folded[first.end : second.core].strip() in rules.connectors["rough"]


def _is_two_digits(mention: Mention, folded: str) -> bool:
    """Whether a number of two digits ends what is said: it counts nothing."""
    following = folded[mention.end : mention.end + 2].strip()
    return 10 <= mention.value < 100 and not mention.value % 1 and not following[:1].isalnum()


def _is_product(first: Mention, second: Mention, text: str, rules: Grammar) -> bool:
    """The PlayStation 5 to 21 million consoles: a name's number is no end of a range."""
    is_plain = first.is_bare and first.unit is None and not first.roles and first.value < 1000
    return rules.names_by_capital and is_plain and second.scale > 1 and is_named(first, text)


def _join(first: Mention, second: Mention, folded: str, rules: Grammar, clause: int) -> bool:
    """Make the two one where they are a range; else give the first what it shares with the second."""
    if first.high is not None or second.start - first.end > _NEAR or second.core < first.end:
        return False
    if _add_coins(first, second, folded, rules):
        return True
    if _is_rough(first, second, folded, rules):
        first.value, first.end = second.value * first.scale, second.end
        first.roles.add("about")
        return True
    between = folded[first.end : second.core]
    role = _role(between if between.strip() == "—" else between.strip(), first, folded[clause : first.lead], rules)
    if role is None:
        wider = folded[first.end : second.start].strip(_QUOTES)
        if wider in rules.connectors["change"] and "from" in first.roles and _alike(first, second):
            _share(first, second)
        return False
    if role == "margin":
        return _margin(first, second)
    if role == "back" and second.scale == 1:
        return False
    if not _alike(first, second) or (role == "range" and _is_step(first, second, folded[clause : first.lead], rules)):
        return False
    shared = _share(first, second)
    if role in ("list", "change", "back") or (role == "range" and not first.value < second.value) or not shared:
        return False
    if first.unit is not None and first.unit.kind in ("other", "ordinal") and first.unit != second.unit:
        return False
    first.high, first.end = second.value, second.end
    first.is_bare = False
    first.roles |= second.roles - {"from"}
    first.start = first.lead if "between" in first.roles else first.start
    return True


def _role(between: str, first: Mention, lead: str, rules: Grammar) -> str | None:
    """What the words between two numbers make of them: a range, a change (or back), a list, a margin; None for none."""
    connectors = rules.connectors
    if between in connectors["margin"]:
        return "margin"
    if "between" in first.roles and between in connectors["and"]:
        return "range"
    if between in connectors["to"]:
        return "change" if not between.startswith(("-", "–")) and _is_change(first, lead, rules) else "range"
    if between in connectors["or"]:
        return "range"
    if between in connectors["back"] and lead.split()[-1:] and lead.split()[-1] in connectors["onto"]:
        return "back"  # "auf 4,5 von 4,9 Milliarden"
    return "list" if between in connectors["list"] else None


def _is_step(first: Mention, second: Mention, lead: str, rules: Grammar) -> bool:
    """Whether one amount says by how much and the next to where: "by $2 million to $9 million", not "by $2 to $9"."""
    if first.unit is None and second.unit is None:
        is_whole = first.value >= _LARGE and second.value >= 2 * first.value  # "fell by 2,100 to 12,400"
    else:
        is_money = first.unit is not None and first.unit.kind == "money"
        is_whole = is_money and (first.scale > 1 or second.scale == 1 or first.value >= _LARGE)
    return is_whole and any(word in rules.connectors["by"] for word in lead.split()[-2:])


def _is_change(first: Mention, lead: str, rules: Grammar) -> bool:
    if "from" not in first.roles:
        return False
    if rules.from_is_change or rules.movement is None:
        return rules.from_is_change
    lead = lead[-_SENTENCE:]
    lead = lead[max(lead.rfind(". "), lead.rfind("; "), lead.rfind("\n")) + 1 :]
    return rules.movement.search(lead) is not None


def _alike(first: Mention, second: Mention) -> bool:
    """Whether both can measure the same thing."""
    if first.unit is None or first.unit == second.unit:
        is_year = first.is_bare and 1900 <= first.value < 2100
        return not (is_year and second.unit is None and (second.is_bare or second.value >= 2100))
    if second.unit is None:
        return first.is_unit_before
    return first.unit.kind == second.unit.kind == "money" and first.unit.code == second.unit.code


def _share(first: Mention, second: Mention) -> bool:
    """Spread the unit and the scale of one over both; False where the two are too far apart to belong together."""
    factor = second.unit.factor if first.unit is None and second.unit is not None else Decimal(1)
    scales = [second.scale, Decimal(1)] if first.scale == 1 and second.scale > 1 else [Decimal(1)]
    for scale in scales:
        low, high = abs(first.value) * scale * factor, abs(second.value)
        if not low or low / _FARTHEST <= high <= low * _FARTHEST:
            break
    else:
        if "between" not in first.roles:
            return False
        scale = Decimal(1)
    if scale != 1:
        first.multiply(scale)
    first.value *= factor
    first.unit = second.unit = first.unit or second.unit
    return True


def _margin(first: Mention, second: Mention) -> bool:
    """Make "17.5% +/- 1.5 points" a range."""
    if second.unit is None or first.unit is None:
        return False
    first.value, first.high, first.end = first.value - second.value, first.value + second.value, second.end
    return True
