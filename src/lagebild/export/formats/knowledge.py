"""FollowTheMoney entities, W3C Web Annotations and BibTeX."""

from __future__ import annotations

import hashlib
import json
import re
from urllib.parse import quote as percent

from lagebild.export.base import HELD, Exporter, Item, Row, place_name
from lagebild.rules.worlds import iso2_code

ANNO = "http://www.w3.org/ns/anno.jsonld"
QUOTED_AROUND = 32  # characters of prefix and suffix that help to find a quote again (W3C TextQuoteSelector)


class FollowTheMoney(Exporter):
    """FollowTheMoney entities as JSON lines: articles, actors, events; ids are stable, so exports can be merged."""

    name, suffix = "ftm", ".ftm.json"
    about = "FollowTheMoney entities (JSON lines): Article, LegalEntity, Event"
    lacks = ("speaker", "content_of", "condition", "quantities", "contexts", "implied")

    def setup(self) -> None:
        """Open the file; the ids of actors are kept, an article's events come one after the other."""
        self._stream = self.path.open("w", encoding="utf-8")
        self._actors: set[str] = set()
        self._article = ""

    def feed(self, item: Item) -> str | None:
        """Write the event, and its article and actors where they are new."""
        event, article, text = item.event, item.article, self.options.text
        about = _id("article", event["article"])
        if event["article"] != self._article:
            self._article = event["article"]
            self._put(about, "Article", self._page(article))
        involved = [self._actor(actor) for role in ("actors", "recipients") for actor in event[role] or []]
        label = f"{event['type']}/{event['mode']}" if event["mode"] else event["type"]
        self._put(
            _id("event", item.key),
            "Event",
            {
                "name": [f"{label} ({event['status']})"],
                "date": [item.day],
                "startDate": [str(event["earliest"]) if event["earliest"] else None],
                "endDate": [str(event["latest"]) if event["latest"] else None],
                "location": [place_name(event, text=text)],
                "country": [self._country(event["country"])],
                "involved": involved,
                "proof": [about],
                "summary": [item.sentence if text else None],
                "keywords": [event["type"], event["mode"], event["status"]],
            },
        )
        return None

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
        name = actor["name"] or actor["code"]
        if not name:
            return None
        key = _id("actor", actor["entity"] or f"{name}|{actor['code']}")
        if key in self._actors:
            return key
        self._actors.add(key)
        code = (actor["code"] or "").partition(":")[0]
        properties: dict[str, list[str | None]] = {
            "name": [name],
            "wikidataId": [actor["entity"]],
            "keywords": [actor["code"]],
        }
        properties["country"] = [self._country(code)]
        self._put(key, "LegalEntity", properties)
        return key

    def _country(self, code: str | None) -> str | None:
        """Return a country as FollowTheMoney writes it: ISO alpha-2 in lower case."""
        two = iso2_code(self.options.lexicon, code)
        return two.lower() if two else None

    def _put(self, key: str, schema: str, properties: dict[str, list[str | None]]) -> None:
        kept = {name: [v for v in values if v] for name, values in properties.items()}
        entity = {"id": key, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}
        self._stream.write(json.dumps(entity, ensure_ascii=False) + "\n")

    def finish(self) -> None:
        """Close the file."""
        self._stream.close()


def _id(kind: str, key: str) -> str:
    return f"lagebild-{kind}-{hashlib.sha256(key.encode()).hexdigest()[:20]}"


class WebAnnotation(Exporter):
    """W3C Web Annotations: one annotation per event with TextQuote and TextPosition selectors into the article."""

    name, suffix = "annotations", ".jsonld"
    about = "W3C Web Annotations (TextQuote and TextPosition selectors)"
    lacks = ("content_of", "condition", "quantities", "contexts", "implied")

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
    return json.dumps({name: event[name] for name in names}, ensure_ascii=False, default=str)


class BibTex(Exporter):
    """BibTeX entries of the articles the events come from."""

    name, suffix = "bibtex", ".bib"
    about = "BibTeX of the articles"
    lacks = tuple(HELD)

    def setup(self) -> None:
        """Open the file; an article's events come one after the other, so the last one is all to remember."""
        self._stream = self.path.open("w", encoding="utf-8")
        self._last = ""

    def feed(self, item: Item) -> str | None:
        """Write the article where it is new."""
        article = item.article
        if article["article"] == self._last:
            return None
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
