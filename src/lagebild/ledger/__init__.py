"""Stage 5: what many articles say together, kept for good; the only place that imports deltalake and duckdb."""
