"""The entrance: a news page goes in, sourced records come out. No rules and no I/O here, only the order of the stages.

1. page      a page or a text becomes an ``Article`` (``lagebild.page``)
2. language  its text becomes a spaCy ``Doc`` (``lagebild.language``)
3. layers    the Doc becomes records (``lagebild.layers``), each layer reading what the earlier ones found:
             places, dates, actors, quantities, speech, events, status, conditions
4. resolve   mentions become who and where (``lagebild.resolve``); called right after the layer that found them,
             because the later layers read the resolved codes
"""

from __future__ import annotations

import gc
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from lagebild.language import model_version, parse
from lagebild.layers.actors import find_actors
from lagebild.layers.conditions import find_conditions
from lagebild.layers.contradictions import find_contradictions
from lagebild.layers.dates import find_dates
from lagebild.layers.earlier import Earlier
from lagebild.layers.events import find_events
from lagebild.layers.places import find_places
from lagebild.layers.quantities import find_quantities
from lagebild.layers.speech import find_statements
from lagebild.layers.status import find_status
from lagebild.records import Article, Records, Versions
from lagebild.resolve.actors import resolve_actors
from lagebild.resolve.places import resolve_places
from lagebild.rules.lexicon import Lexicon, own_lexicon
from lagebild.rules.table import LexiconError
from lagebild.version import __version__

if TYPE_CHECKING:
    from spacy.tokens import Doc  # at run time ``lagebild.language`` is the first to import spaCy


def code(article: Article, *, lexicon: Lexicon | None = None) -> Records:
    """Return the records of one article. Raises what ``lagebild.language.load`` and the lexicon raise."""
    lexicon = lexicon or own_lexicon()
    _, doc = next(parse([article], text_of=lambda article: article.text))
    return records_of(article, doc, lexicon, versions_of(lexicon))


def code_all(articles: Iterable[Article], *, lexicon: Lexicon | None = None, batch_size: int = 32) -> Iterator[Records]:
    """Return the records of many articles, in order; texts are parsed ``batch_size`` at a time."""
    lexicon = lexicon or own_lexicon()
    versions = versions_of(lexicon)
    for article, doc in parse(articles, text_of=lambda article: article.text, batch_size=batch_size):
        try:
            yield records_of(article, doc, lexicon, versions)
        except LexiconError:
            raise
        except Exception as error:  # one article must not stop the others; the note makes it a listed issue
            yield Records(article, versions, notes=(_failure(error),))


def _failure(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    return f"could not be coded: {type(error).__name__}: {error} ({where}); please report it with the page"


def versions_of(lexicon: Lexicon) -> Versions:
    """Return what makes records now."""
    return Versions(program=__version__, model=model_version(), lexicon=lexicon.version)


def before_events(article: Article, doc: Doc, lexicon: Lexicon) -> Earlier:
    """The layers that events build on; the training of the event layer starts from here too."""
    found = Earlier(article=article, doc=doc)
    found.places = tuple(resolve_places(doc, lexicon, found, tuple(find_places(doc, lexicon, found))))
    found.dates = tuple(find_dates(doc, lexicon, found))
    found.mentions = tuple(resolve_actors(doc, lexicon, found, tuple(find_actors(doc, lexicon, found))))
    found.quantities = tuple(find_quantities(doc, lexicon, found))
    found.statements = tuple(find_statements(doc, lexicon, found))
    return found


def records_of(article: Article, doc: Doc, lexicon: Lexicon, versions: Versions) -> Records:
    """Stages 3 and 4 on a parsed article."""
    with _no_garbage():
        return _records_of(article, doc, lexicon, versions)


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Let Python look for unreachable cycles after an article, not hundreds of times in it: the layers make hardly any."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()


def _records_of(article: Article, doc: Doc, lexicon: Lexicon, versions: Versions) -> Records:
    found = before_events(article, doc, lexicon)
    found.events = tuple(find_events(doc, lexicon, found))
    found.events = tuple(find_status(doc, lexicon, found))
    found.events = tuple(find_conditions(doc, lexicon, found))
    found.contradictions = tuple(find_contradictions(doc, lexicon, found))
    return Records(
        article=article,
        versions=versions,
        events=found.events,
        statements=found.statements,
        actors=tuple(actor for mention in found.mentions for actor in mention.actors),
        places=found.places,
        dates=found.dates,
        quantities=found.quantities,
        contradictions=found.contradictions,
    )
