"""FollowTheMoney entities, W3C Web Annotations and BibTeX."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote as percent

from lagebild.export.base import HELD, ROLES, Exporter, Item, Row, implied_in, place_name
from lagebild.export.names import label_of, state_of
from lagebild.rules.worlds import iso2_code

ANNO = "http://www.w3.org/ns/anno.jsonld"
QUOTED_AROUND = 32  # characters of prefix and suffix that help to find a quote again (W3C TextQuoteSelector)


PUBLIC = ("MIL", "COP", "JUD", "LEG", "SPY")
"""Sectors that are bodies of a state, and one in each."""


class FollowTheMoney(Exporter):
    """FollowTheMoney entities as JSON lines: articles, actors, events; ids are stable, so exports can be merged.

    Who does it is the ``organizer`` of an event, whom it is done to is ``involved``. Actors are who has a name, states and their
    bodies; crowds that have only a code ("SDN:CVL") are nobody, and stay keywords of the event.
    """

    name, suffix = "ftm", ".ftm.json"
    about = "FollowTheMoney entities (JSON lines): Article, LegalEntity, PublicBody, Event"
    lacks = ("speaker", "content_of", "condition", "quantities", "contexts")

    def setup(self) -> None:
        """Open the file; the ids of actors are kept, an article's events come one after the other."""
        self._stream = self.path.open("w", encoding="utf-8")
        self._actors: set[str] = set()
        self._items: list[Item] = []
        self.rows = 0

    def feed(self, item: Item) -> str | None:
        """Keep the events of an article until all are there: one may name in full whom another names in short."""
        if self._items and self._items[0].event["article"] != item.event["article"]:
            self._flush()
        self._items.append(item)
        return None

    def _flush(self) -> None:
        """Write an article, its events, and their actors where they are new."""
        if not self._items:
            return
        article = self._items[0].article
        about = _id("article", article["article"])
        self._put(about, "Article", self._page(article))
        listed = [actor for item in self._items for role in ROLES for actor in item.event[role] or []]
        full = full_names(listed)
        for item in self._items:
            self._event(item, about, full)
        self._items = []

    def _event(self, item: Item, about: str, full: dict[str, Row]) -> None:
        event, text = item.event, self.options.text
        sides = {role: [full.get(actor["name"] or "", actor) for actor in event[role] or []] for role in ROLES}
        doers, others = ([self._actor(actor) for actor in sides[role]] for role in ROLES)
        crowds = [actor["code"] for role in ROLES for actor in sides[role] if not self._actor(actor)]
        self._put(
            _id("event", item.key),
            "Event",
            {
                "name": [self._title(event)],
                "date": [item.day],
                "startDate": [str(event["earliest"]) if event["earliest"] else None],
                "endDate": [str(event["latest"]) if event["latest"] else None],
                "location": [place_name(event, text=text)],
                "country": [self._country(event["country"])],
                "organizer": doers,
                "involved": [other for other in others if other not in doers],
                "proof": [about],
                "summary": [item.sentence if text else None],
                "keywords": [
                    event["type"], event["mode"], event["status"], *crowds, *(f"implied {role}" for role in implied_in(event))
                ],
            },
        )  # fmt: skip

    def _title(self, event: Row) -> str:
        """Return what somebody would look for: who, what, to whom, and the status where it is no deed."""
        doers, others = (", ".join(self.names(event[role])) for role in ROLES)
        deed = event["mode"] or event["type"].lower()
        title = " – ".join(filter(None, (doers, deed, others if others != doers else "")))
        return title if event["status"] == "actual" else f"{title} ({event['status']})"

    def _page(self, article: Row) -> dict[str, list[str | None]]:
        return {
            "title": [article["headline"] if self.options.text else None],
            "fileName": [article["doc"]],
            "sourceUrl": [article["url"]],
            "publisher": [article["outlet"]],
            "publishedAt": [article["published"]],
            "language": ["deu"],
        }

    def _actor(self, actor: Row) -> str | None:
        """Return the id of an actor, written where it is new; None for a crowd."""
        lexicon, code = self.options.lexicon, actor["code"] or "-"
        base, _, rest = code.partition(":")
        state = state_of(lexicon, code)
        name, entity, schema = actor["name"], actor["entity"], "LegalEntity"
        if state and (name == state.name or (rest in ("", "GOV") and (not name or actor["how"] == "metonym"))):
            name, entity, schema = state.name, state.wikidata, "PublicBody"  # the town or the government stands for it
        elif state and not name and rest in PUBLIC:
            name, schema = label_of(lexicon, code), "PublicBody"
        if not name:
            return None
        key = _id("actor", entity or (code if schema == "PublicBody" else f"{name}|{base if state else '-'}"))
        if key not in self._actors:
            self._actors.add(key)
            self._put(
                key, schema, {"name": [name], "wikidataId": [entity], "keywords": [actor["code"]], "country": [self._country(base)]}
            )  # fmt: skip
        return key

    def _country(self, code: str | None) -> str | None:
        """Return a country as FollowTheMoney writes it: ISO alpha-2 in lower case."""
        two = iso2_code(self.options.lexicon, code)
        return two.lower() if two else None

    def _put(self, key: str, schema: str, properties: Mapping[str, Iterable[str | None]]) -> None:
        self.rows = (self.rows or 0) + 1
        kept = {name: list(dict.fromkeys(v for v in values if v)) for name, values in properties.items()}
        entity = {"id": key, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}
        self._stream.write(json.dumps(entity, ensure_ascii=False) + "\n")

    def finish(self) -> None:
        """Write the last article and close the file."""
        self._flush()
        self._stream.close()


def full_names(actors: Iterable[Row]) -> dict[str, Row]:
    """Return, by a short name, the one actor of an article whose full name ends with it ("Machado", "María Machado")."""
    by_name: dict[str, Row] = {}
    for actor in actors:
        if actor["name"] and (actor["name"] not in by_name or actor["entity"]):
            by_name[actor["name"]] = actor
    found: dict[str, Row] = {}
    for name in by_name:
        longer = [other for other in by_name if other.endswith(f" {name}")]
        if " " not in name and len(longer) == 1:
            found[name] = by_name[longer[0]]
    return found


def _id(kind: str, key: str) -> str:
    return f"lagebild-{kind}-{hashlib.sha256(key.encode()).hexdigest()[:20]}"


class WebAnnotation(Exporter):
    """W3C Web Annotations: one annotation per event with TextQuote and TextPosition selectors into the article."""

    name, suffix = "annotations", ".jsonld"
    about = "W3C Web Annotations (TextQuote and TextPosition selectors)"
    lacks = ("content_of", "condition", "quantities", "contexts")

    def setup(self) -> None:
        """Open the page; its id, which the model asks for, is made from the name of the file."""
        self._stream = self.path.open("w", encoding="utf-8")
        page = {"@context": ANNO, "id": f"urn:lagebild:page:{percent(self.path.name)}", "type": "AnnotationPage"}
        self._stream.write(json.dumps(page)[:-1] + ', "items": [')
        self._first = True

    def feed(self, item: Item) -> str | None:
        """Write one annotation; the target has one selector pair per span of the event's words."""
        event, article = item.event, item.article
        source = article["url"] or f"urn:lagebild:{event['article']}"
        annotation = {
            "id": f"urn:lagebild:{item.key}",
            "type": "Annotation",
            "motivation": "classifying",
            "creator": {"type": "Software", "name": f"lagebild {article['program']}"},
            "body": [
                {"type": "TextualBody", "purpose": "classifying", "value": event["type"]},
                {
                    "type": "TextualBody",
                    "purpose": "describing",
                    "format": "application/json",
                    "value": _described(event),
                },
            ],
            "target": [
                {"source": source, "selector": self._selectors(span, article["text"] or "")}
                for span in event["trigger"]
            ],
        }
        self._stream.write(("\n" if self._first else ",\n") + json.dumps(annotation, ensure_ascii=False))
        self._first = False
        return None

    def _selectors(self, span: Row, text: str) -> list[Row]:
        position: Row = {"type": "TextPositionSelector", "start": span["start"], "end": span["end"]}
        if not self.options.text:
            return [position]
        exact: Row = {
            "type": "TextQuoteSelector",
            "exact": span["quote"],
            "prefix": text[max(0, span["start"] - QUOTED_AROUND) : span["start"]],
            "suffix": text[span["end"] : span["end"] + QUOTED_AROUND],
        }
        return [exact, position]

    def finish(self) -> None:
        """Close the collection."""
        self._stream.write("\n]}\n")
        self._stream.close()


def _described(event: Row) -> str:
    names = ("type", "mode", "status", "actor_codes", "recipient_codes", "speaker_code", "country", "date_value")
    described = {name: event[name] for name in names} | {"implied": implied_in(event)}
    return json.dumps(described, ensure_ascii=False, default=str)


class BibTex(Exporter):
    """BibTeX entries of the articles the events come from."""

    name, suffix = "bibtex", ".bib"
    about = "BibTeX of the articles"
    lacks = tuple(HELD)

    def setup(self) -> None:
        """Open the file; an article's events come one after the other, so the last one is all to remember."""
        self._stream = self.path.open("w", encoding="utf-8")
        self._last = ""
        self.rows = 0

    def feed(self, item: Item) -> str | None:
        """Write the article where it is new."""
        article = item.article
        if article["article"] == self._last:
            return None
        self.rows = (self.rows or 0) + 1
        self._last = article["article"]
        authors = list(article["bylines"] or []) or list(article["agencies"] or [])
        fields = {
            "title": article["headline"] if self.options.text else article["doc"],
            "author": " and ".join("{" + author + "}" for author in authors),
            "journal": article["outlet"],
            "date": (article["published"] or "")[:10],
            "year": (article["published"] or "")[:4],
            "url": article["url"],
            "langid": "german",
            "note": f"SHA-256 of the text: {article['text_hash']}",
        }
        lines = [f"  {name} = {{{_escaped(value)}}}," for name, value in fields.items() if value]
        self._stream.write("@article{" + f"lagebild-{article['article']},\n" + "\n".join(lines) + "\n}\n\n")
        return None

    def finish(self) -> None:
        """Close the file."""
        self._stream.close()


def _escaped(value: str) -> str:
    balanced = value if value.count("{") == value.count("}") else value.replace("{", "(").replace("}", ")")
    return re.sub(r"(?<!\\)([&%$#_])", r"\\\1", balanced) if "http" not in value else balanced
