"""Typed loading and checking of the lexicon and of the user's overlay; no German words here."""
