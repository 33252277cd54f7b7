"""Doc to records, one module per layer; each is a pure generator ``find_x(doc, lexicon, earlier)``."""
