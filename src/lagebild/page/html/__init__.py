"""HTML pages: tree, metadata, body, and the map from the article's text back to the page."""

from lagebild.page.html.read import read_html

__all__ = ["read_html"]
