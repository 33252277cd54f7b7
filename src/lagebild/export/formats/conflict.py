"""Conflict event data in the shape of ACLED and UCDP GED, for tools made for them."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator

from lagebild.export.base import Item, Row, countries, implied_in, place_name, sectors
from lagebild.export.formats.separated import Separated

OTHER = ("Strategic developments", "Strategic developments", "Other")
ARMED = (1, 2, 3)
ACLED_TYPES = {  # (type, mode): disorder, event type, sub-event type
    ("ASSAULT", "aerial"): ("Political violence", "Explosions/Remote violence", "Air/drone strike"),
    ("ASSAULT", "drone"): ("Political violence", "Explosions/Remote violence", "Air/drone strike"),
    ("ASSAULT", "heavy-weapons"): (
        "Political violence",
        "Explosions/Remote violence",
        "Shelling/artillery/missile attack",
    ),
    ("ASSAULT", "suicide-attack"): ("Political violence", "Explosions/Remote violence", "Suicide bomb"),
    ("ASSAULT", "explosives"): ("Political violence", "Explosions/Remote violence", "Remote explosive/landmine/IED"),
    ("ASSAULT", "unconventional"): ("Political violence", "Explosions/Remote violence", "Chemical weapon"),
    ("ASSAULT", "abduct"): ("Political violence", "Violence against civilians", "Abduction/forced disappearance"),
    ("ASSAULT", "sexual"): ("Political violence", "Violence against civilians", "Sexual violence"),
    ("ASSAULT", "targeted"): ("Political violence", "Violence against civilians", "Attack"),
    ("ASSAULT", "crowd-control"): ("Demonstrations", "Protests", "Excessive force against protesters"),
    ("PROTEST", "riot"): ("Demonstrations", "Riots", "Violent demonstration"),
    ("PROTEST", "vandalize"): ("Demonstrations", "Riots", "Violent demonstration"),
    ("COERCE", "arrest"): ("Strategic developments", "Strategic developments", "Arrests"),
    ("RETREAT", "ceasefire"): ("Strategic developments", "Strategic developments", "Agreement"),
    ("RETREAT", "withdraw"): ("Strategic developments", "Strategic developments", "Non-violent transfer of territory"),
    ("AGREE", ""): ("Strategic developments", "Strategic developments", "Agreement"),
}
ACLED_BY_TYPE = {
    "ASSAULT": ("Political violence", "Battles", "Armed clash"),
    "PROTEST": ("Demonstrations", "Protests", "Peaceful protest"),
    "RETREAT": OTHER,
    "MOBILIZE": ("Strategic developments", "Strategic developments", "Change to group/activity"),
}
LACKS = ("status", "speaker", "content_of", "condition", "contexts", "implied")


def acled_type(event: Row, inter1: int, inter2: int) -> tuple[str, str, str] | None:
    """Return ACLED's words for an event; None where it has none.

    A battle has two armed sides, so that an attack on civilians is none; who protests is unarmed, so that fighters who
    occupy a hospital do not.
    """
    type_, mode = event["type"], event["mode"] or ""
    if type_ == "RETREAT" and mode == "resign":
        return None
    if type_ == "PROTEST" and inter1 in ARMED:
        return OTHER
    if type_ == "ASSAULT" and not mode and inter2 == CIVILIANS:
        return ACLED_TYPES["ASSAULT", "targeted"]
    return ACLED_TYPES.get((type_, mode)) or ACLED_BY_TYPE.get(type_)


CIVILIANS = 7
INTER = {"GOV": 1, "MIL": 1, "COP": 1, "REB": 2, "PRM": 3, "OPP": 6, "CVL": 7, "REF": 7, "JRN": 7}
WHERE = {"address": 1, "building": 1, "town": 1, "district": 3, "region": 4, "country": 6, "area": 7}


def deaths(event: Row) -> tuple[float | None, float | None]:
    """Return the lowest and highest number of killed an event tells; None where it tells none."""
    killed = [q for q in event["quantities"] or [] if q["what"] == "killed"]
    lows = [q["low"] for q in killed if q["low"] is not None]
    highs = [q["high"] for q in killed if q["high"] is not None]
    return (max(lows) if lows else None, max(highs) if highs else None)


class Acled(Separated):
    """ACLED-like CSV, 31 columns. ACLED's own coding needs its coders; types are mapped, the rest is left empty."""

    name, suffix, deeds = "acled", ".csv", True
    about = "ACLED-like CSV (31 columns)"
    needs_day = "ACLED"
    lacks = tuple(name for name in LACKS if name != "implied")
    delimiter = ","

    def feed(self, item: Item) -> str | None:
        """Write one event that ACLED has a type for."""
        event, article, text = item.event, item.article, self.options.text
        kind = acled_type(event, _inter(event["actors"] or []), _inter(event["recipients"] or []))
        if kind is None:
            return f"{event['type']}: ACLED has no such type"
        low, _ = deaths(event)
        actors, others = event["actors"] or [], event["recipients"] or []
        place = place_name(event, text=text)
        inter1, inter2 = _inter(actors), _inter(others)
        targeted = event["type"] == "ASSAULT" and inter2 == CIVILIANS
        day = datetime.date.fromisoformat(item.day or "")
        self.put(
            {
                "event_id_cnty": f"{event['country'] or 'XXX'}{hashlib.sha256(item.key.encode()).hexdigest()[:8]}",
                "event_date": f"{day:%d %B %Y}",
                "year": day.year,
                "time_precision": 1 if event["earliest"] and event["earliest"] == event["latest"] else 2,
                "disorder_type": kind[0],
                "event_type": kind[1],
                "sub_event_type": kind[2],
                "actor1": "; ".join(self.names(actors)),
                "inter1": inter1 or "",
                "actor2": "; ".join(self.names(others)),
                "inter2": inter2 or "",
                "interaction": f"{inter1}{inter2}" if inter1 and inter2 else "",
                "civilian_targeting": "Civilian targeting" if targeted else "",
                "country": event["country"] or "",
                "admin1": (place if event["precision"] == "region" else None) or "",
                "location": place or "",
                "latitude": "" if event["latitude"] is None else event["latitude"],
                "longitude": "" if event["longitude"] is None else event["longitude"],
                "geo_precision": {1: 1, 3: 2, 4: 2}.get(WHERE.get(event["precision"] or "", 9), 3),
                "source": article["outlet"] or "",
                "source_scale": "National",
                "notes": (item.sentence if text else "") or "",
                "fatalities": "" if low is None else int(low),
                "tags": "; ".join(_tags(item)),
                "timestamp": "",
            }
        )
        return None


def _tags(item: Item) -> Iterator[str]:
    if item.incident:
        yield f"incident={item.incident}"
    yield f"independent origins={item.independent}"
    if implied := implied_in(item.event):
        yield f"implied={', '.join({'actors': 'actor1', 'recipients': 'actor2'}[role] for role in implied)}"


def _inter(actors: list[Row]) -> int:
    return next((INTER[sector] for sector in sectors(actors) if sector in INTER), 8 if actors else 0)


class Ged(Separated):
    """UCDP-GED-like CSV: events of organised violence only, with deaths as low, best and high."""

    name, suffix, deeds = "ucdp-ged", ".csv", True
    about = "UCDP-GED-like CSV (31 columns), assaults with deaths only"
    needs_day = "GED"
    lacks = LACKS
    delimiter = ","

    def feed(self, item: Item) -> str | None:
        """Write one assault of which the article tells that somebody died."""
        event, article, text = item.event, item.article, self.options.text
        if event["type"] != "ASSAULT":
            return f"{event['type']}: GED holds lethal violence only"
        low, high = deaths(event)
        if not (high or low):
            return "no deaths told: GED holds lethal violence only"
        sides = [self.names(event[role]) for role in ("actors", "recipients")]
        exact = event["earliest"] and event["earliest"] == event["latest"]
        self.put(
            {
                "id": int(hashlib.sha256(item.key.encode()).hexdigest()[:12], 16),
                "relid": item.incident or item.key,
                "year": (item.day or "")[:4],
                "active_year": "",
                "type_of_violence": 3
                if _inter(event["recipients"] or []) == CIVILIANS
                else (1 if "GOV" in sectors(event["actors"] or []) or "MIL" in sectors(event["actors"] or []) else 2),
                "dyad_name": " - ".join("; ".join(side) for side in sides if side),
                "side_a": "; ".join(sides[0]),
                "side_b": "; ".join(sides[1]),
                "number_of_sources": item.independent,
                "source_article": article["url"] or article["doc"] or "",
                "source_office": article["outlet"] or "",
                "source_date": article["published"] or "",
                "source_headline": (article["headline"] if text else "") or "",
                "where_prec": WHERE.get(event["precision"] or "", ""),
                "where_coordinates": place_name(event, text=text) or "",
                "latitude": "" if event["latitude"] is None else event["latitude"],
                "longitude": "" if event["longitude"] is None else event["longitude"],
                "country": event["country"] or "".join(countries(event["recipients"] or [])[:1]),
                "event_clarity": 1 if exact else 2,
                "date_prec": 1 if exact else 2,
                "date_start": str(event["earliest"] or item.day),
                "date_end": str(event["latest"] or item.day),
                "deaths_unknown": "" if low is None else int(low),
                "best": "" if low is None else int(low),
                "low": "" if low is None else int(low),
                "high": "" if high is None and low is None else int(max(high or 0, low or 0)),
            }
        )
        return None
