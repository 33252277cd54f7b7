"""Every lexicon table and the type of its rows. A file without an entry here is an error, and so is the reverse."""

from __future__ import annotations

from lagebild.rules import events, status

TABLES: dict[str, type] = {
    events.VERBS: events.Verb,
    events.NOUNS: events.Noun,
    events.PHRASES: events.Phrase,
    events.CLASSES: events.WordClass,
    events.STRONG: events.StrongVerb,
    events.PREFIXES: events.Prefix,
    events.TYPES: events.Type,
    events.MODES: events.Mode,
    events.CONTEXTS: events.Context,
    events.CONTEXT_WORDS: events.ContextWords,
    status.CUES: status.Cue,
    status.CONDITIONS: status.ConditionCue,
    status.CONTRADICTIONS: status.ContradictionCue,
    status.TRANSPARENT: status.Transparent,
}
