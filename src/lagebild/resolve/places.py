"""Resolves places against the gazetteer, by what the article says elsewhere.

A name can mean several places (Tripoli, Georgia, Frankfurt). Candidates are scored by population, by the country named
with the place, by the countries the article speaks of, and by nearness to places that are certain. One name means one
place throughout an article. What nothing is known about stays without coordinates.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from lagebild.layers.columns import columns_of
from lagebild.layers.earlier import Earlier, tokens_of
from lagebild.records import Evidence, Place, changed
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.places import Known, NounRow, PlaceIndex, distance

HOME = frozenset({"DEU", "AUT", "CHE"})
JUST_TOLD = 120  # characters
NEAR = 400.0  # kilometres within which another certain place speaks for a candidate


@dataclass(slots=True)
class Context:
    """What the article says about where it plays: countries with their weight, certain places, names decided."""

    countries: Counter[str] = field(default_factory=Counter)
    certain: list[Known] = field(default_factory=list)
    decided: dict[str, Known] = field(default_factory=dict)


def resolve_places(doc: Doc, lexicon: Lexicon, earlier: Earlier, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the places with name, GeoNames id, coordinates, country and precision where they can be known."""
    index: PlaceIndex = lexicon.derived(PlaceIndex)
    context = _context(doc, places, index)
    resolved: list[Place] = []
    for place in places:
        found = _resolve(place, index, context, resolved)
        if found.name is None and found.country is None and (row := _row(place, index)):
            found = _bridge(doc, found, row, index, resolved)
        resolved.append(found)
    return tuple(resolved)


def _context(doc: Doc, places: Sequence[Place], index: PlaceIndex) -> Context:
    context = Context()
    columns = columns_of(doc)
    for word in [word for word, pos in zip(columns.text, columns.pos, strict=True) if pos == "ADJ"]:
        if country := index.adjective(word):
            context.countries[country] += 1
    for place in places:
        for part in _parts(place, "name", "within"):
            known = _written(part, index)
            if not known or not known[0].country or not _certain(known):
                continue
            context.countries[known[0].country] += 2 if known[0].precision == "country" else 1
            if known[0].precision not in ("country", "area"):
                context.certain.append(known[0])
    return context


def _certain(known: Sequence[Known]) -> bool:
    """Tell whether a name hardly means anything but its first place."""
    best, *others = known
    return not others or best.source == "country" or best.people > 20 * max(other.people for other in others)


def _parts(place: Place, *fields: str) -> list[str]:
    return [e.cue.quote for e in place.evidence if e.field in fields and e.cue is not None]


def _written(words: str, index: PlaceIndex) -> tuple[Known, ...]:
    found = index.meaning(words) or index.described(words) or index.inhabitant(words)
    if not found and " de " in words:  # "Cartagena de Indias": the epithet is not in every list
        return index.meaning(words.partition(" de ")[0])
    return found


def _resolve(place: Place, index: PlaceIndex, context: Context, before: Sequence[Place]) -> Place:
    row = _row(place, index)
    names, within = _parts(place, "name"), _parts(place, "within")
    if row is None:
        if names:
            around = _containers(within, index, context)
            return _as(place, _choose(names[0], index, context, around=around), "places.context")
        return _pointing(place, before)
    inside = _containers(within, index, context)
    if row.relation == "border":
        return _border(place, inside, index, context, before)
    if row.relation == "capital" and not names:
        return _capital(place, inside, index, context, before)
    if names:
        return _kind_and_name(place, row, names[0], inside, index, context)
    if inside:
        return _inside(place, row, inside, index)
    if any(e.field == "anaphor" for e in place.evidence):
        return _pointing(place, before)
    if row.id in index.words["direction"]:
        return _direction(place, row, index, context)
    return place


def _direction(place: Place, row: NounRow, index: PlaceIndex, context: Context) -> Place:
    """ "im Süden" without a name: of the country the article speaks of, if it clearly speaks of one."""
    (code, weight), second = context.countries.most_common(1)[0] if context.countries else ("", 0), 0
    if len(context.countries) > 1:
        second = context.countries.most_common(2)[1][1]
    whole = index.country(code) if weight >= 2 * second else None
    return _inside(place, row, [whole], index) if whole else place


def _row(place: Place, index: PlaceIndex) -> NounRow | None:
    for evidence in place.evidence:
        if evidence.field == "kind":
            return index.nouns[evidence.rule.partition(".")[2]]
    return None


def _as(place: Place, known: Known | None, rule: str) -> Place:
    if known is None:
        return place
    note = f"GeoNames {known.geonames}" if known.geonames else known.name
    return changed(
        place, name=known.name, geonames=known.geonames, latitude=known.latitude, longitude=known.longitude,
        country=known.country or None, precision=known.precision,
        evidence=(*place.evidence, Evidence("place", rule, place.span, note)),
    )  # fmt: skip


def _choose(
    words: str, index: PlaceIndex, context: Context, *, around: Sequence[Known] = (), kinds: Sequence[str] = ()
) -> Known | None:
    """Return the likeliest of the places a name can mean; ``around`` is what it is said to lie in."""
    candidates = _written(words, index)
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    said = "|".join(f"{known.country}{known.division}" for known in around)
    key = f"{words}|{said}|{'/'.join(kinds)}"
    if key not in context.decided:
        context.decided[key] = max(candidates, key=lambda k: _score(k, context, around, kinds, candidates))
    return context.decided[key]


def _score(
    known: Known, context: Context, around: Sequence[Known], kinds: Sequence[str], rivals: Sequence[Known] = ()
) -> float:
    """How likely a candidate is; no rival of the same name ("Brandenburg") speaks for it by lying near."""
    score = math.log10(1 + known.people) if known.precision != "country" else 4.0
    score += {"own": 1.5 if known.people else 4.0, "country": 1.0, "gazetteer": 0.0}[known.source]
    score += {"country": 1.0, "division": 0.3, "": 0.0}[known.seat]
    score -= 1.2 if known.precision == "region" and known.source == "gazetteer" else 0.0
    score += 0.5 if known.country in HOME else 0.0
    for whole in around:
        score += 8.0 if known.country and known.country == whole.country else 0.0
        score += 4.0 if known.division and known.division == whole.division else 0.0
    score += 4.0 if known.precision in kinds else 0.0
    total = sum(context.countries.values())
    if total and known.country:
        score += 3.0 * min(1.0, 2 * context.countries[known.country] / total)
    others = [other for other in context.certain if other not in rivals and other != known]
    near = sum(0.5 for other in others if distance(known, other) < NEAR)
    return score + min(1.5, near)


def _containers(within: Sequence[str], index: PlaceIndex, context: Context) -> list[Known]:
    found: list[Known] = []
    for words in within:
        pair = (
            [index.adjective(part) for part in words.split("-")] if "-" in words and not index.adjective(words) else []
        )
        if pair and all(pair):
            found += [known for code in pair if code and (known := index.country(code))]
        elif (known := _choose(words, index, context)) or (known := _phrase(words, index)):
            found.append(known)
    return found


def _phrase(words: str, index: PlaceIndex) -> Known | None:
    """A container that is itself described: "somalischen Hauptstadt", "Hauptstadt der Seychellen"."""
    parts = words.split()
    rows = [row for part in parts if part[0].isupper() and (row := index.nouns.find(part))]
    whole = next((known[0] for part in (parts[0], parts[-1]) if (known := _written(part, index))), None)
    if whole is None or not rows:
        return None
    return index.capital(whole.country) if rows[0].relation == "capital" else whole


def _kind_and_name(
    place: Place, row: NounRow, name: str, inside: Sequence[Known], index: PlaceIndex, context: Context
) -> Place:
    """ "Provinz Kundus", "syrischen Stadt Homs", "Flughafen Schiphol"."""
    full = index.named(f"{row.id} {name}")
    kinds = ("country", "region") if row.relation == "land" else (row.precision,)
    known = full[0] if full else _choose(name, index, context, around=inside, kinds=kinds)
    if known is None:
        return changed(place, country=(inside[0].country or None) if inside else None)
    if row.relation == "site" and known.precision != "building":
        return _inside(place, row, [known, *inside], index)
    if row.precision == "region" and known.precision == "town":
        division = index.division_of(known)
        alike = division is not None and _alike(division, known)
        known = division if division is not None and alike else changed(known, precision="region")
    return _as(place, known, f"places.{row.relation}")


def _alike(a: Known, b: Known) -> bool:
    return b.name[:4] in a.name


def _inside(place: Place, row: NounRow, inside: Sequence[Known], index: PlaceIndex) -> Place:
    """ "Flughafen von Donezk", "Osten der Ukraine", "ukrainischen Stadt": a spot or a part of a known place."""
    whole = inside[0]
    full = index.named(f"{row.id} {whole.name}") or index.named(f"{row.id} von {whole.name}")
    if full:
        return _as(place, full[0], "places.inside")
    point = whole.precision in ("town", "district", "building") or (
        row.relation == "near" and whole.precision != "country"
    )
    part = row.relation in ("part", "near") and whole.precision in ("region", "river")
    evidence = Evidence("place", "places.inside", place.span, f"in {whole.name}")
    return changed(
        place,
        name=f"{row.id} {whole.name}" if row.relation != "is" else None,
        latitude=whole.latitude if point or part else None,
        longitude=whole.longitude if point or part else None,
        country=next((known.country for known in inside if known.country), None),
        precision=row.precision,
        evidence=(*place.evidence, evidence),
    )


def _border(
    place: Place, inside: Sequence[Known], index: PlaceIndex, context: Context, before: Sequence[Place]
) -> Place:
    """A border has two countries: both named, or one named and the other the one the article speaks of."""
    codes = list(dict.fromkeys(known.country for known in inside if known.country))
    if len(codes) == 1:
        others = [c for c, _ in context.countries.most_common() if frozenset((c, codes[0])) in index.borders]
        codes += others[:1]
    if not codes:
        codes = _told_last(place, index, before) or _neighbours(index, context)
    if not codes:
        return changed(place, precision="border")
    row = index.borders.get(frozenset(codes[:2])) if len(codes) > 1 else None
    names = [country.name for code in codes[:2] if (country := index.country(code))]
    own = next((c for c in codes if c != inside[0].country), codes[0]) if len(inside) == 1 else codes[0]
    return changed(
        place, name="Grenze " + "–".join(names), latitude=row.latitude if row else None,
        longitude=row.longitude if row else None, country=own, precision="border",
        evidence=(*place.evidence, Evidence("place", "places.border", place.span, "-".join(codes[:2]))),
    )  # fmt: skip


def _told_last(place: Place, index: PlaceIndex, before: Sequence[Place]) -> list[str]:
    """Return the two countries told right before a border, where they share one ("an der gemeinsamen Grenze")."""
    near = [p for p in before if p.country and p.precision == "country" and place.span.start - p.span.end < JUST_TOLD]
    pair = list(dict.fromkeys(str(other.country) for other in near))[-2:]
    return pair if frozenset(pair) in index.borders else []


def _neighbours(index: PlaceIndex, context: Context) -> list[str]:
    """Return the two countries an article speaks of most, where they share a border and no third is as prominent."""
    top = context.countries.most_common(3)
    if len(top) < 2 or (len(top) == 3 and top[2][1] == top[1][1]):
        return []
    pair = [code for code, _ in top[:2]]
    return pair if frozenset(pair) in index.borders else []


def _capital(
    place: Place, inside: Sequence[Known], index: PlaceIndex, context: Context, before: Sequence[Place]
) -> Place:
    code = inside[0].country if inside else next((p.country for p in reversed(before) if p.country), None)
    if code is None and context.countries:
        code = context.countries.most_common(1)[0][0]
    return _as(place, index.capital(code) if code else None, "places.capital")


def _pointing(place: Place, before: Sequence[Place]) -> Place:
    """ "dort", "in der Stadt", "im Land": the last place of that kind told before."""
    wanted = place.precision
    for other in reversed(before):
        if other.name is None and wanted is None and _parts(other, "name"):
            pointed = Evidence("place", "places.anaphor", other.span)  # a village no list knows
            return changed(place, country=other.country, precision=other.precision, evidence=(*place.evidence, pointed))
        if other.name is None or (wanted is not None and other.precision != wanted):
            continue
        return changed(
            place, name=other.name, geonames=other.geonames, latitude=other.latitude, longitude=other.longitude,
            country=other.country, precision=other.precision,
            evidence=(*place.evidence, Evidence("place", "places.anaphor", other.span)),
        )  # fmt: skip
    return place


def _bridge(doc: Doc, place: Place, row: NounRow, index: PlaceIndex, before: Sequence[Place]) -> Place:
    """ "in der Innenstadt", "vor dem Parlament": of the town told last, for a site only in the same sentence."""
    if row.relation not in ("part", "site") or row.precision not in ("district", "building") or not before:
        return place
    tokens = tokens_of(doc, place.span)
    head = doc[tokens[-1]]
    if "Plur" in head.morph.get("Number", []) or len(tokens) > 1:
        return place
    start = head.sent.start_char
    if row.precision == "district" and head.sent.start:
        start = doc[head.sent.start - 1].sent.start_char
    town = next((p for p in reversed(before) if p.precision == "town" and p.name), None)
    if town is None or town.span.start < start or town.latitude is None or town.longitude is None:
        return place
    whole = Known(str(town.name), "town", town.latitude, town.longitude, town.country or "", "own", town.geonames)
    return _inside(place, row, [whole], index)
