"""The export formats; each is one class in ``lagebild.export.EXPORTERS``."""
