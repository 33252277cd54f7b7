"""Stage 1: a page (HTML or text) becomes an Article."""
