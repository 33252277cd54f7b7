"""GeoJSON of the events that have coordinates, and a GEXF network of who acted towards whom."""

from __future__ import annotations

import json
from collections import Counter
from xml.etree import ElementTree as ET

from lagebild.export.base import HELD, Exporter, Item, implied_in
from lagebild.export.formats.tabular import flat


class GeoJson(Exporter):
    """A FeatureCollection of points (RFC 7946: longitude first, WGS 84)."""

    name, suffix = "geojson", ".geojson"
    about = "GeoJSON points, one per event with coordinates"

    def setup(self) -> None:
        """Open the collection."""
        self._stream = self.path.open("w", encoding="utf-8")
        self._stream.write('{"type": "FeatureCollection", "features": [')
        self._first = True

    def feed(self, item: Item) -> str | None:
        """Write one feature."""
        latitude, longitude = item.event["latitude"], item.event["longitude"]
        if latitude is None or longitude is None:
            return "no coordinates"
        feature = {
            "type": "Feature",
            "id": item.key,
            "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
            "properties": flat(item, self.options) | {"precision": item.event["precision"]},
        }
        self._stream.write(("\n" if self._first else ",\n") + json.dumps(feature, ensure_ascii=False, default=str))
        self._first = False
        return None

    def finish(self) -> None:
        """Close the collection."""
        self._stream.write("\n]}\n")
        self._stream.close()


class Gexf(Exporter):
    """A directed network: nodes are actor codes, an edge counts the events of one type and status from one code to another."""

    name, suffix, deeds = "gexf", ".gexf", True
    about = "GEXF 1.3 actor network"
    lacks = tuple(name for name in HELD if name not in ("status", "implied"))

    def setup(self) -> None:
        """Start counting."""
        self._edges: Counter[tuple[str, str, str, str]] = Counter()
        self._implied: Counter[tuple[str, str, str, str]] = Counter()
        self._nodes: Counter[str] = Counter()

    def feed(self, item: Item) -> str | None:
        """Count one event."""
        actors, recipients = item.event["actor_codes"] or [], item.event["recipient_codes"] or []
        if not actors or not recipients:
            return "no pair of resolved actor and recipient"
        for code in {*actors, *recipients}:
            self._nodes[code] += 1
        for actor in actors:
            for recipient in recipients:
                if actor != recipient:
                    edge = actor, recipient, item.event["type"], item.event["status"]
                    self._edges[edge] += 1
                    self._implied[edge] += bool(implied_in(item.event))
        return None

    def finish(self) -> None:
        """Write the network."""
        root = ET.Element("gexf", {"xmlns": "http://gexf.net/1.3", "version": "1.3"})
        graph = ET.SubElement(root, "graph", {"defaultedgetype": "directed", "mode": "static"})
        of_edges = [("0", "type", "string"), ("1", "status", "string"), ("2", "implied", "integer")]
        for kind, attributes in (("node", [("0", "events", "integer")]), ("edge", of_edges)):
            declared = ET.SubElement(graph, "attributes", {"class": kind})
            for number, title, typed in attributes:
                ET.SubElement(declared, "attribute", {"id": number, "title": title, "type": typed})
        nodes = ET.SubElement(graph, "nodes")
        for code, count in sorted(self._nodes.items()):
            node = ET.SubElement(nodes, "node", {"id": code, "label": code})
            _value(node, str(count))
        edges = ET.SubElement(graph, "edges")
        self.rows = len(self._edges)
        for key, (edge, total) in enumerate(sorted(self._edges.items())):
            actor, recipient, kind, status = edge
            named = {"id": str(key), "source": actor, "target": recipient, "weight": str(total), "label": kind}
            _value(ET.SubElement(edges, "edge", named), kind, status, str(self._implied[edge]))
        ET.ElementTree(root).write(self.path, encoding="utf-8", xml_declaration=True)


def _value(parent: ET.Element, *values: str) -> None:
    listed = ET.SubElement(parent, "attvalues")
    for number, value in enumerate(values):
        ET.SubElement(listed, "attvalue", {"for": str(number), "value": value})
