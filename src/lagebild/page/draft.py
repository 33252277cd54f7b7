"""What the readers of HTML and of plain text hand over, and how it becomes an ``Article``."""

from __future__ import annotations

from dataclasses import dataclass, field

from lagebild.page.credits import Credit, settled
from lagebild.page.piece import Piece, join
from lagebild.records import Article, ArticleKind, BlockKind, article_id
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import outlets


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a page from outside; it wins over what the page says. Kicker and headline go with a bare text."""

    doc: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    fetched: str | None = None
    kicker: str | None = None
    headline: str | None = None


@dataclass(slots=True)
class Draft:
    """An article in the making. ``pieces`` are its blocks in reading order."""

    pieces: list[tuple[BlockKind, Piece]] = field(default_factory=list)
    kicker: str | None = None
    headline: str | None = None
    published: str | None = None
    modified: str | None = None
    canonical_url: str | None = None
    outlet: str | None = None
    language: str | None = None
    kind: ArticleKind = "article"
    comments: int | None = None
    credit: Credit = field(default_factory=Credit)
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text as it will be, for checks on the way."""
        return "\n".join(piece.text for _, piece in self.pieces if piece.text)


def finish(draft: Draft, known: Known, *, name: str, lexicon: Lexicon) -> Article:
    """Return the article; ``name`` is the file or address it came from."""
    text, blocks, offsets = join(draft.pieces)
    credit = settled(draft.credit)
    doc = known.doc if known.doc is not None else name
    lead = next((block.span.quote for block in blocks if block.kind == "lead"), None)
    published = known.published or draft.published
    notes = list(draft.notes)
    if published is None:
        notes.append("no date of publication on the page: relative dates stay unresolved; give one with --date")
    if known.published and draft.published and known.published[:10] != draft.published[:10]:
        notes.append(f"the page gives {draft.published} as its date; {known.published} was given and is used")
    outlet, origin = _outlets(draft, known, lexicon)
    return Article(
        id=article_id(draft.canonical_url or known.url or "", text),
        text=text,
        doc=doc,
        url=known.url,
        canonical_url=draft.canonical_url,
        outlet=outlet,
        origin_outlet=origin,
        agencies=tuple(credit.agencies),
        bylines=tuple(credit.bylines),
        published=published,
        modified=draft.modified,
        fetched=known.fetched,
        language=draft.language,
        kicker=draft.kicker,
        headline=draft.headline,
        lead=lead,
        blocks=blocks,
        kind=draft.kind,
        comments=draft.comments,
        notes=tuple(notes),
        page_offsets=offsets,
    )


def _outlets(draft: Draft, known: Known, lexicon: Lexicon) -> tuple[str | None, str | None]:
    """Who published the page, and whom it says it took the text from where that is somebody else.

    A page whose publisher is not known from elsewhere is taken for one of the outlet its source line names.
    """
    outlet = known.outlet or draft.outlet
    named = draft.credit.outlets[0] if draft.credit.outlets else None
    if outlet is None or named is None:
        return outlet or named, named
    houses = lexicon.derived(outlets)
    same = houses.get(outlet.lower(), outlet) == houses.get(named.lower(), named)
    return outlet, None if same else named
