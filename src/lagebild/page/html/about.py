"""Who wrote an HTML page and who published it: metadata first, what the page shows where they are silent."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from urllib.parse import urljoin, urlsplit

from lagebild.page.bylines import byline_names, named_by, undated
from lagebild.page.credits import COMMON, DOMAIN, INITIALS, Credit, outlet_name, settled
from lagebild.page.dates import date_line
from lagebild.page.html.shown import Shown
from lagebild.page.html.structured import LABELLED, Author, Meta
from lagebild.page.html.when import PARTS
from lagebild.page.persons import person, says_role
from lagebild.page.piece import clean
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import OutletRow, Phrases, agency_names, credit_words, outlets, phrases

INVERTED = re.compile(r"([^\W\d_a-z][\w'’-]+), ([^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z]\.)?)")
"""The last name first: "Kehl, Moritz"."""
COMPANY = re.compile(r"\b(?:GmbH|AG|KG|SE|mbH|Ltd|Inc|e\. ?V|eV|Verlag|Verlags\w+|Medien\w*|Media)\b\.?")
"""The name of a company or club, and what follows it, is no person."""
FIRST_NAME = re.compile(r",|\s[-–|]\s")
"""What parts the name of an outlet from where it sits, or from itself: "Der Bote - Der Bote"."""
BESIDE_HOUSE = re.compile(
    r"https?://|\bwww\.|\.[a-z]{2,7}\b|(?<!\w)(?:der|die|das|redaktion|online|news|nachrichten|digital|faktencheck|team|newsroom|newsdesk)(?!\w)"
)
"""What outlets write with their name or without."""
TRANSLATED = re.compile(
    r"(?i)\b(?:übersetzt|übertragen|bearbeitet|redigiert)\b[^.:]{0,30}?\b(?:von|durch)\s(?P<names>.{4,80})"
)
ACCOUNT = re.compile(r"(?i)(?:^|[_.-])admin\d*$")
"""Nobody's name, but that of who runs the site: "bote_admin"."""
AND_OTHERS = re.compile(r",?\s(?:u\.\s?a\.?|et\.? al\.?)$")
"""What stands for further authors: "Petra Muster u. a."."""
CLOCK = re.compile(r"^\d{1,2}[:.]\d\d")
BRANCH = frozenset(("Deutschland", "Austria", "Österreich", "Schweiz", "Faktencheck", "Deutschland GmbH", "Berlin"))
"""What follows the name of an agency where one of its branches is meant."""
LISTED = re.compile(r"\s*[,;/|]\s*")
ARCHIVED = re.compile(r"https?://(?:web\.archive\.org|archive\.(?:today|is|ph|md))/(?:web/)?\w+/(?=https?://)")
"""An archive's address in front of the address of the page it keeps."""


def credit_of(meta: Meta, seen: Shown, lines: Iterable[str], lexicon: Lexicon) -> tuple[Credit, list[str]]:
    """Return who wrote it (persons of the metadata, else those the page shows), and what else the metadata name."""
    credit = Credit()
    named: list[str] = []
    own = {bare_house(name) for name in meta.outlets} - {""}
    for author in meta.authors:
        if bare_house(author.name) in own:
            named.append(clean(author.name).text)
        else:
            _sort_author(author, credit, named, lexicon)
    lines = list(lines)
    _drop_translators(credit, [*lines, *seen.authors], lexicon)
    rules: Phrases = lexicon.derived(phrases)
    shown_first = any(_has_name(_shown_author(text, lexicon)) for text in seen.authors[:1])
    for line in lines if not shown_first else ():
        for part in (line, undated(line, lexicon), *PARTS.split(line)):
            if not _has_name(credit) and len(line) < 150 and (hit := rules.match(part, "byline")):
                credit.add(byline_names(hit[1]["names"], lexicon))
    if not _has_name(credit):
        credit.add(_dated_names(lines, lexicon))
    for number, text in enumerate(seen.authors[:6]):
        found = _shown_author(text, lexicon)
        # Metadata often name the first author alone; the byline that names the same person names the others as well.
        # "Von Petra Muster" next to the headline counts whomever they name: it may be who put the page together.
        whole = not _has_name(credit) or any(name in credit.bylines for name in found.bylines if " " in name)
        whole = whole or (number == 0 and rules.match(text, "byline") is not None)
        credit.add(found if whole else Credit(agencies=found.agencies))
    for line in lines if shown_first else ():  # an element may hold the first name, its line all of them
        hit = rules.match(line, "byline") if len(line) < 150 else None
        whole_line = byline_names(hit[1]["names"], lexicon) if hit else Credit()
        if any(name in credit.bylines for name in whole_line.bylines if " " in name):
            credit.add(whole_line)
    return credit, list(dict.fromkeys(named))


def with_houses(credit: Credit, named: list[str], told: Container[str], own: Iterable[str], lexicon: Lexicon) -> Credit:
    """Return ``credit`` with what the page names as author and is no person: a house only where nobody else is named.

    ``told`` are those the metadata name, ``own`` the names the page gives its publisher. An agency among ``told`` stays beside
    initials: those of who edited its text.
    """
    credit = settled(credit)
    houses = lexicon.derived(outlets)
    agencies = lexicon.derived(agency_names)
    mine = {bare_house(name) for name in own}
    others = [name for name in named if not is_house(name, houses) and name not in agencies]
    if _has_name(credit):
        others = [name for name in others if not COMPANY.search(name) and not DOMAIN.fullmatch(name)]
        others = [name for name in others if bare_house(name) not in mine and not _is_desk(name, lexicon)]
    elif credit.bylines:
        others += [name for name in named if name in agencies and name in told]
    credit.bylines.extend(name for name in dict.fromkeys(others) if name not in credit.bylines)
    credit.bylines = credit.bylines or list({bare_house(name) or name: name for name in reversed(named)}.values())[::-1]
    return credit


def _is_desk(name: str, lexicon: Lexicon) -> bool:
    """Whether a name is that of a newsroom: "Redaktion Dortmund"."""
    return says_role(name.split()[0], lexicon.derived(credit_words))


def is_house(name: str, houses: Container[str]) -> bool:
    """Whether ``name`` is an outlet, whatever is added to it: "Deutsche Welle (www.dw.com)", "SPIEGEL ONLINE, Hamburg"."""
    bare = COMPANY.sub("", re.sub(r"\s*\([^()]*\)", "", name)).strip(" ,.&")
    spoken = bare.split(",")[0].strip().lower()
    return any(part in houses for part in (name.lower(), bare.lower(), spoken, spoken.removesuffix(" online")))


def names_outlet(name: str, own: Iterable[str], lexicon: Lexicon) -> bool:
    """Whether ``name`` is an outlet: one of the table, or one of the names the page gives its publisher."""
    return is_house(name, lexicon.derived(outlets)) or bare_house(name) in {bare_house(other) for other in own}


def bare_house(name: str) -> str:
    """Return the name of an outlet without what it may be written with: "Bote" for "Der Bote.de Redaktion"."""
    return BESIDE_HOUSE.sub(" ", FIRST_NAME.split(name.casefold())[0]).strip(" .,-")


def _dated_names(lines: Iterable[str], lexicon: Lexicon) -> Credit:
    """Who stands beside a date in a line of parts: "bote.example · Petra Muster · 3. Mai 2018"."""
    houses = lexicon.derived(outlets)
    for line in lines:
        parts = [part for part in PARTS.split(line) if part] if len(line) < 120 else []
        dated = [part for part in parts if date_line(part, lexicon)]
        others = [
            part for part in parts if part not in dated and not outlet_name(part, houses) and not CLOCK.search(part)
        ]
        if dated and others and all(person(part, lexicon) == part for part in others):
            return Credit(others)
    return Credit()


def _drop_translators(credit: Credit, lines: Iterable[str], lexicon: Lexicon) -> None:
    """Take those out of ``credit`` who translated or edited the text, as a line that names others too says."""
    for line in lines:
        match = TRANSLATED.search(line)
        others = byline_names(line[: match.start()], lexicon).bylines if match else []
        if match and any(" " in name for name in others):
            credit.bylines[:] = [name for name in credit.bylines if name not in match["names"]]


def _has_name(credit: Credit) -> bool:
    return any(" " in name for name in credit.bylines)


def _shown_author(text: str, lexicon: Lexicon) -> Credit:
    rules: Phrases = lexicon.derived(phrases)
    hit = rules.match(text, "byline") or rules.match(undated(text, lexicon), "byline")
    return named_by(hit, lexicon) if hit else byline_names(text, lexicon)


def _sort_author(author: Author, credit: Credit, named: list[str], lexicon: Lexicon) -> None:
    """Put one name of the metadata where it belongs: person, agency, or house."""
    text = clean(author.name).text.strip(" ,;")
    if not text or "://" in text or "@" in text or len(text) > 300:
        return
    words = lexicon.derived(credit_words)
    if text.lower() in words["nobody"] or ACCOUNT.search(text):
        return
    if author.person:
        text = re.sub(r"\s*\([^()]*\)$", "", text)
    before, colon, after = text.partition(": ")
    if colon and before.lower() not in {"text", *words["picture"]} and byline_names(after, lexicon).bylines:
        text = after  # "Der Bote: Petra Muster"
    if COMPANY.search(text):
        named.append(text)
        return
    names, houses = lexicon.derived(agency_names), lexicon.derived(outlets)
    rules: Phrases = lexicon.derived(phrases)
    if hit := rules.match(text, "byline") or rules.match(undated(text, lexicon), "byline"):
        text = hit[1]["names"]
    elif author.source == LABELLED:
        return
    text = AND_OTHERS.sub("", text)
    if others := _beside_houses(text, named, lexicon):
        text = others
    parts = [part.strip() for part in text.split(";")]
    if all((match := INVERTED.fullmatch(part)) and not names.keys() & match.groups() for part in parts):
        text = "; ".join(INVERTED.sub(r"\2 \1", part) for part in parts)
    listed = [_agency_branch(part, names) for part in LISTED.split(text)]
    if all(part in names for part in listed):
        credit.add(Credit(agencies=[names[part] for part in listed]))
        named.extend(names[part] if names[part].casefold() == part.casefold() else part for part in listed)
        return
    if author.person is False or is_house(text, houses):
        named.append(text)
        return
    found = byline_names(text, lexicon)
    if not found.bylines and not found.agencies:
        if author.person and _may_be_name(text, lexicon):
            found.bylines.append(text)
        else:
            named.append(text)
    credit.add(found)


def _agency_branch(text: str, names: Container[str]) -> str:
    """The agency a branch of it belongs to ("AFP Deutschland"), else ``text``."""
    first, _, rest = text.partition(" ")
    return first if rest in BRANCH and first in names and first not in COMMON else text


def _beside_houses(text: str, named: list[str], lexicon: Lexicon) -> str | None:
    """Put the houses of a list ("Bote.example, abc/dpa", "Der Bote/Petra Muster") into ``named`` and return who else is in it.

    None where nothing but one name stands there, or something that is neither house, agency, initials nor person.
    """
    names, houses = lexicon.derived(agency_names), lexicon.derived(outlets)
    parts = [part.strip() for part in LISTED.split(text) if part.strip()]
    mine = [part for part in parts if part.lower() in houses and part not in names]
    others = [part for part in parts if part not in mine]
    slashed = "," not in text or text.split(",")[0].strip() not in mine  # "Der Bote, Sankt Gallen" is where it sits
    known = all(part in names or INITIALS.fullmatch(part) or (slashed and person(part, lexicon)) for part in others)
    if len(parts) < 2 or not others or not known or not any(part in mine or part in names for part in parts):
        return None
    named.extend(part for part in parts if part in mine or part in names)
    return ", ".join(others)


def _may_be_name(text: str, lexicon: Lexicon) -> bool:
    words = text.split()
    roles_ = lexicon.derived(credit_words)["role"]
    return (
        len(text) <= 60
        and len(words) <= 5
        and not any(word in roles_ for word in words)
        and any(c.isalpha() for c in text)
    )


def canonical_url(meta: Meta, url: str | None) -> str | None:
    """Return the canonical address, made absolute; None where it is none."""
    if not meta.canonical:
        return None
    try:
        address = urljoin(url or "", meta.canonical.strip())
        return address if urlsplit(address).scheme in ("http", "https") else None
    except ValueError:
        return None


def outlet_of(meta: Meta, addresses: Iterable[str | None], lexicon: Lexicon) -> str | None:
    """Return who published the page: the outlet of its address, else the one its metadata name."""
    houses: dict[str, OutletRow] = lexicon.derived(outlets)
    for address in addresses:
        if address and (row := outlet_of_address(ARCHIVED.sub("", address), houses)):
            return row.name
    for name in meta.outlets:
        if row := houses.get(name.lower()):
            return row.name
    return meta.outlets[0] if meta.outlets else None


def outlet_of_address(address: str, houses: dict[str, OutletRow]) -> OutletRow | None:
    """Return the outlet a web address belongs to, subdomains included."""
    try:
        host = (urlsplit(address).hostname or "").lower()
    except ValueError:
        return None
    parts = host.split(".")
    for start in range(len(parts) - 1):
        if row := houses.get(".".join(parts[start:])):
            return row
    return None
