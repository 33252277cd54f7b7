"""Rows of the ledger as the objects that incidents, contradictions and commitments are made of."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import simplemma

from lagebild.ledger.alike import likeness
from lagebild.ledger.counter import TALLY, denied_by, given_back
from lagebild.ledger.debts import NO_DEED, OUTCOME
from lagebild.ledger.disputes import Account, Figure
from lagebild.ledger.families import Text
from lagebild.ledger.happenings import HOSTILE, Telling
from lagebild.ledger.pledge_words import PROMISED, Words
from lagebild.ledger.pledges import PLEDGED, Pledge
from lagebild.ledger.promises import HELD_OUT, binds
from lagebild.ledger.read import Reader
from lagebild.ledger.sentences import AT, DO, LONGER, SILENT, Note, Passage, cues, unpacked
from lagebild.ledger.states import state_of
from lagebild.ledger.tales import key_of_sentence
from lagebild.ledger.words import fold, lemma
from lagebild.rules.lexicon import own_lexicon

Row = dict[str, Any]
INTENDED = {"planned", "demanded", "conditional"}
PLEDGE = "!"  # ends the key of a promise that no event tells of
UNLIKE = "unlike"  # cue of a sentence that says that something was not done as promised
BESIDE = 200  # characters from a promise ("sagte zu") within which its article says what is promised
PRECISE = {"address", "building", "town", "district"}


def key_of(row: dict[str, Any]) -> str:
    """Return ``article#event``."""
    return f"{row['article']}#{row['event']}"


def telling_of(row: Row, around: Context | None = None) -> Telling:
    """Return a row of ``events`` as a telling; ``around`` gives the events its article links it to."""
    latitude, longitude = row["latitude"], row["longitude"]
    sides = [*(row["actors"] or ()), *(row["recipients"] or ())]
    tied = around.tied_by(row) if around else frozenset[str]()
    named = {actor["code"] for actor in sides if actor["quote"]}
    return Telling(
        key=key_of(row),
        article=row["article"],
        type=row["type"],
        mode=row["mode"] or "",
        status="conditional" if tied else _status(row),
        actors=tied or frozenset(row["actor_codes"] or ()),
        recipients=frozenset(row["recipient_codes"] or ()) - tied,
        published=row["day"],
        earliest=row["earliest"],
        latest=row["latest"],
        place=core_name(row["place_name"]) if row["place_name"] else None,
        country=row["country"],
        point=None if latitude is None or longitude is None else (latitude, longitude),
        precise=row["precision"] in PRECISE,
        words=_words(row["trigger"] or ()),
        nouns=frozenset(fold(w) for span in row["trigger"] or () for w in span["quote"].split() if w[0].isupper()),
        speaker=row["speaker_code"],
        implied=frozenset(actor["code"] for actor in sides if actor["code"] and actor["code"] not in named),
        content=around.content(row) if around else frozenset(),
        parent=around.parent(row) if around else None,
        asked=around.addressees(row) if around and row["status"] == "demanded" else frozenset(),
        gives=around.givers(row) if around else frozenset(),
        note=note_of(row),
        **(around.beside(row) if around else {}),
    )


@lru_cache(maxsize=10_000)
def core_name(place: str) -> str:
    """Return the name of a place without what it is: "kongolesische Dorf Kibua" is Kibua, "Hafen Odessa" Odessa."""
    words = place.split()
    while (
        len(words) > 1 and (words[0][0].islower() or simplemma.is_known(words[0], lang="de")) and words[1][0].isupper()
    ):
        words = words[1:]
    return " ".join(words)


def _words(spans: Sequence[Row]) -> frozenset[str]:
    """Return the words of a trigger in their dictionary form; of a verb and its particle also the verb joined."""
    found = {lemma(word) for span in spans for word in span["quote"].split()}
    if len(spans) > 1 and own_lexicon().derived(Words).of["particle"].match(spans[-1]["quote"]):
        found |= {fold(spans[-1]["quote"] + lemma(span["quote"])) for span in spans[:-1] if span["quote"][:1].islower()}
    return frozenset(found)


def note_of(row: Row) -> Note:
    """Return what the sentence of an event says beside it."""
    said, about = row.get("cues"), row.get("about")
    return Note(frozenset((about or "").split()), frozenset((said or "").split())) if said or about else SILENT


def outcomes_of(article: Row) -> Iterator[tuple[Telling, Row]]:
    """Yield the sentences of an article that say what became of something promised, as tellings with their quotes."""
    packed = json.loads(article["outcomes"] or "[]")
    if not packed or article["day"] is None:
        return
    for entry in packed:
        if entry["says"] == PLEDGED:
            continue
        said = unpacked(Passage, entry)
        telling = Telling(
            key=f"{article['article']}#@{said.start}",
            article=article["article"],
            type=OUTCOME,
            mode=said.says,
            status="actual",
            actors=said.parties,
            recipients=frozenset(),
            published=article["day"],
            latest=datetime.date.fromisoformat(said.until) if said.until else None,
            words=said.acts,
            speaker="-" if said.claim else None,
            note=Note(said.about, said.cues | ({f"{LONGER}{said.longer}"} if said.longer else set())),
        )
        yield (
            telling,
            {"start": said.start, "end": said.start + len(said.quote), "quote": said.quote, "day": article["day"]},
        )


def pledges_of(article: Row) -> Iterator[tuple[Telling, Row, str | None]]:
    """Return the promises of an article that no event tells of, as tellings with their quotes and conditions."""
    for entry in json.loads(article["outcomes"] or "[]"):
        if entry["says"] != PLEDGED:
            continue
        said = unpacked(Pledge, entry)
        telling = Telling(
            key=f"{article['article']}#@{said.start}{PLEDGE}",
            article=article["article"],
            type=said.type,
            mode="",
            status="demanded" if "asked" in said.cues else "planned",
            actors=said.who,
            recipients=said.to,
            published=article["day"],
            latest=datetime.date.fromisoformat(said.due) if said.due else None,
            words=frozenset(
                {said.act, said.act.removesuffix("ung") + "en"} if said.act.endswith("ung") else {said.act}
            ),
            note=Note(said.about, said.cues),
        )
        quote = {"start": said.start, "end": said.start + len(said.quote), "quote": said.quote, "day": article["day"]}
        yield telling, quote, said.condition


def _status(row: Row) -> str:
    """Return the status; what lies in the future of the article has not happened, in whatever tense it is told.

    Nor has what happens "otherwise", or is not done "as long as" something else is not.
    """
    if row["status"] == "denied" and UNLIKE in (row.get("cues") or "").split() and _promises(row):
        return "actual"  # the "nicht" of "nicht wie zugesagt freigelassen" denies what was to be done
    if row["status"] == "actual" and row["type"] in PROMISED:
        said = (row.get("cues") or "").split()
        if "thus" in said:
            return "planned"  # "die USA senken demnach die Zölle": an agreement says so
        if "else" in said or "tied" in said:
            return "conditional"  # "macht die Freigabe der Gelder von Reformen abhängig"
        if "until" in said or (UNLIKE in said and not _promises(row)):
            return "denied"  # "hat sie nicht wie zugesagt freigelassen": promised it was
    day, earliest = row["day"], row["earliest"]
    return "planned" if row["status"] == "actual" and day and earliest and earliest > day else str(row["status"])


def _promises(row: Row) -> bool:
    """Whether an event is the promise that "nicht wie zugesagt" speaks of, and not what was not done."""
    return row["type"] in NO_DEED or any(UNLIKE in cues(f"nicht wie {s['quote']}") for s in row.get("trigger") or ())


def _place(row: Row) -> str | None:
    """Return where the sentence of an event begins, as its cue says it; None in older codings."""
    return next((cue for cue in (row["cues"] or "").split() if cue.startswith(AT)), None)


class Context:
    """The links between the events of each article."""

    def __init__(self, rows: Iterable[Row]):
        self._rows: dict[str, Row] = {}
        self._content: dict[str, set[str]] = defaultdict(set)
        self._by_article: dict[str, list[Row]] = defaultdict(list)
        self._tests: set[str] = set()
        self._denied: dict[str, dict[int, list[tuple[int, str]]]] = {}
        self._returned: dict[str, set[int]] = {}
        for row in rows:
            self._by_article[row["article"]].append(row)
            if row["condition"] is not None:
                self._tests.add(f"{row['article']}#{row['condition']}")
            self._rows[key_of(row)] = row
            if row["content_of"] is not None:
                named = f"{row['type']}/{row['mode']}" if row["mode"] else row["type"]
                self._content[f"{row['article']}#{row['content_of']}"].add(named)

    def content(self, row: Row) -> frozenset[str]:
        """Return TYPE/mode of the events that are this one's content."""
        return frozenset(self._content.get(key_of(row), ()))

    def parent(self, row: Row) -> str | None:
        """Return the type of the event this one is the content of."""
        parent = self._parent(row)
        return parent["type"] if parent else None

    def addressees(self, row: Row) -> frozenset[str]:
        """Return whom the demand (or threat) that this event is the content of is made to, without who makes it."""
        parent = self._parent(row)
        if parent is None:
            return frozenset()
        return frozenset(parent["recipient_codes"] or ()) - frozenset(parent["actor_codes"] or ())

    def givers(self, row: Row) -> frozenset[str]:
        """Return who offers, promises or threatens what this event is the content of, where it names none of them but those it is said to."""
        parent = self._parent(row)
        if (
            parent is None
            or parent["type"] not in HELD_OUT
            or parent["status"] != "actual"
            or row["status"] == "demanded"
        ):
            return frozenset()
        givers, doers = frozenset(parent["actor_codes"] or ()), frozenset(row["actor_codes"] or ())
        offered = row["status"] == "conditional" and row["condition"] is not None and "offer" in note_of(parent)
        addressed = offered and doers <= frozenset(parent["recipient_codes"] or ())
        return givers if addressed or row["status"] == "possible" else frozenset()

    def tied_by(self, row: Row) -> frozenset[str]:
        """Return who makes a deed that the reader takes for asked of nobody depend on something: it is his own.

        "Berlin macht die Freigabe der Gelder von Reformen abhängig" asks for reforms, the release is what Berlin owes for them.
        """
        parent = self._parent(row)
        if parent is None or row["status"] != "demanded" or row["actor_codes"] or row["type"] not in PROMISED:
            return frozenset()
        if "tied" not in cues(" ".join(span["quote"] for span in parent["trigger"] or ())):
            return frozenset()
        return frozenset(parent["actor_codes"] or ())

    def beside(self, row: Row) -> dict[str, Any]:
        """Return what the article says of a commitment in other sentences, as fields of its telling."""
        key = key_of(row)
        if row["status"] not in INTENDED and row["type"] != "AGREE" and not self._ahead(row):
            return {"tests": key in self._tests} if key in self._tests else {}
        note, others = note_of(row), [other for other in self._by_article[row["article"]] if other is not row]
        return {
            "tests": key in self._tests,
            "pact": self._pact(row, others),
            "unless": self._unless(row),
            "told_fully": row["type"] == "AGREE" and any(self._tells(other, row) for other in others),
            "due_beside": next((other["latest"] for other in others if self._same_due(other, row, note)), None),
        }

    def _pact(self, row: Row, others: Iterable[Row]) -> frozenset[str]:
        parties: set[str] = set()
        for other in (row, *others):
            if other["type"] == "AGREE" and other["status"] == "actual":
                parties |= {code.split(":")[0] for code in (*other["actor_codes"], *other["recipient_codes"])}
        mine = {code.split(":")[0] for code in row["actor_codes"]}
        return frozenset(parties) if mine & parties else frozenset()

    def _unless(self, row: Row) -> tuple[str, frozenset[str]] | None:
        test = self._rows.get(f"{row['article']}#{row['condition']}") if row["condition"] is not None else None
        return (test["type"], frozenset(test["actor_codes"])) if test and "negated" in note_of(test) else None

    @staticmethod
    def _ahead(row: Row) -> bool:
        return bool(row["day"] and row["earliest"] and row["earliest"] > row["day"])

    @staticmethod
    def _tells(other: Row, promise: Row) -> bool:
        """Whether an event says what it is that is promised: it is the content, or stands in the sentence beside."""
        offered = other["status"] == "possible" and other["content_of"] == promise["event"]
        if (other["status"] not in INTENDED and not offered) or not other["trigger"]:
            return False
        if other["content_of"] not in (None, promise["event"]) or other["status"] == "demanded":
            return False
        if other["status"] == "conditional" and other["content_of"] is None and other["condition"] is None:
            return False  # it is what the promise depends on
        near = abs(other["trigger"][0]["start"] - promise["trigger"][0]["start"]) <= BESIDE
        near = near and (DO not in (promise["cues"] or "") or _place(other) == _place(promise))  # it says itself what
        lands = [{code.split(":")[0] for code in r["actor_codes"]} for r in (other, promise)]
        return other["content_of"] == promise["event"] or (near and bool(lands[0] & lands[1]))

    @staticmethod
    def _same_due(other: Row, row: Row, note: Note) -> bool:
        if other["status"] != "planned" or not other["latest"] or not row["day"] or other["latest"] <= row["day"]:
            return False
        lands = [{code.split(":")[0] for code in r["actor_codes"]} for r in (other, row)]
        return bool(lands[0] & lands[1]) and likeness(note.about, note_of(other).about) == 2

    def denials(self, row: Row) -> tuple[tuple[str, str], ...]:
        """Return the events of the article that deny this one without naming it, and who does."""
        article = row["article"]
        if row["type"] not in HOSTILE:
            return ()
        if article not in self._denied:
            self._denied[article] = denied_by(self._by_article[article])
        return tuple((f"{article}#{event}", who) for event, who in self._denied[article].get(row["event"], ()))

    def given_back(self, row: Row) -> bool:
        """Whether it is blame that the accused gives back."""
        article = row["article"]
        if row["type"] != "ACCUSE":
            return False
        if article not in self._returned:
            self._returned[article] = given_back(self._by_article[article])
        return row["event"] in self._returned[article]

    def _parent(self, row: Row) -> Row | None:
        return self._rows.get(f"{row['article']}#{row['content_of']}")


def given_in(rows: Iterable[Row]) -> Iterator[int]:
    """Yield where the sentences of an article begin in which somebody gives his word or offers something."""
    listed = list(rows)
    around = Context(listed)
    for row in listed:
        given = row["type"] == "AGREE" or row["status"] == "possible"  # "sagte 20 Millionen zu", what is offered
        if given and row["actor_codes"] and (place := _place(row)) and binds(telling_of(row, around)):
            yield int(place.removeprefix(AT))


def account_of(row: Row, around: Context | None = None) -> Account:
    """Return a row of ``events`` as an account."""
    figures = tuple(
        Figure(q["what"], q["low"], q["high"], bool(q["approximate"])) for q in row["quantities"] or () if q["what"]
    )
    note = note_of(row)
    return Account(
        telling_of(row, around),
        row["speaker_code"] or row["speaker_name"],
        figures,
        "mutual" in note or bool(around and around.given_back(row)),
        tuple(_tally(cue, row) for cue in sorted(note.cues) if cue.startswith(TALLY)),
        around.denials(row) if around else (),
    )


def _tally(cue: str, row: Row) -> tuple[Figure, str, str]:
    """Return a number, who says it, and the key of its sentence (older codings do not know it: of the event)."""
    what, low, high, approximate, *where, who = cue.removeprefix(TALLY).split("|")
    figure = Figure(what, float(low) if low else None, float(high) if high else None, approximate == "1")
    return figure, who, key_of_sentence(row["article"], int(where[0])) if where else key_of(row)


def text_of(row: dict[str, Any]) -> Text:
    """Return a row of ``articles`` as a text to compare."""
    return Text(
        article=row["article"],
        text=row["text"],
        outlet=row["outlet"],
        origin_outlet=row["origin_outlet"],
        agencies=tuple(row["agencies"] or ()),
        order=(row["published"] or "9999", row["seq"]),
        state=state_of(row),
    )


def texts(reader: Reader, since: datetime.date | None, until: datetime.date | None) -> Iterator[tuple[Text, str]]:
    """Yield the articles published between two days (and all without a date) with their batch, oldest first."""
    sql = (
        "select article, batch, text, outlet, origin_outlet, agencies, published, seq, url, canonical_url, modified, fetched from articles "
        "where day is null or day between coalesce(?, day) and coalesce(?, day) order by coalesce(published, '9999'), seq, article"
    )
    for row in reader.rows(sql, [since, until]):
        yield text_of(row), row["batch"]


def events(reader: Reader, since: datetime.date | None, until: datetime.date | None) -> Iterator[dict[str, Any]]:
    """Yield the rows of the events published between two days (and all without a date), oldest first."""
    sql = (
        "select * from events where day is null or day between coalesce(?, day) and coalesce(?, day) "
        "order by coalesce(day, date '9999-01-01'), article, event"
    )
    yield from reader.rows(sql, [since, until])
