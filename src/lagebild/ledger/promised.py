"""The rows of commitments: what was owed in the months before a part, what its articles owe, what they report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lagebild.ledger.debts import HEARD
from lagebild.ledger.disputes import Account
from lagebild.ledger.happenings import Telling
from lagebild.ledger.hearsay import Reprinted, Texts
from lagebild.ledger.owed import Debts, Owed, owed_by
from lagebild.ledger.parts import Part, Waiting, Window
from lagebild.ledger.pledges import PLEDGED
from lagebild.ledger.promises import HORIZON, MERGED, Commitment, State, binds
from lagebild.ledger.retold import Group, Retold
from lagebild.ledger.sentences import sentence_at, sentence_from
from lagebild.ledger.tales import END as TALE_END
from lagebild.ledger.tales import lands_in, place_of_sentence, tales_of
from lagebild.ledger.tellings import PLEDGE, Context, Row, key_of, outcomes_of, pledges_of, telling_of
from lagebild.ledger.terms import term_beside
from lagebild.ledger.weeks import COLUMNS

# Of what was built before a part, only what may be owed is read, also by the words of its sentence (``tellings``), and the events that it is tied to.
MAY_BE_OWED = (
    "(t.day > ? or t.status in ('planned', 'demanded', 'conditional') or t.earliest > t.day or t.content_of is not null "
    "or t.type = 'AGREE' or regexp_matches(t.cues, '(^| )(thus|else|tied)( |$)') "
    "or (t.article, t.event) in (select (article, condition) from events where condition is not null) "
    "or (t.article, t.event) in (select (article, content_of) from events where content_of is not null))"
)


class Promised:
    """Who owes what in the months before a part, and what the part's articles report of it."""

    def __init__(self, waiting: Waiting, kin: Texts):
        self._waiting, self._reader = waiting, waiting.reader
        self._window = Window(HORIZON)
        self._reprinted = Reprinted(kin)
        self._debts, self._retold = Debts(self._reprinted.repeats), Retold()
        self._named: dict[str, frozenset[str]] = {}  # the countries that articles name
        self._quotes: dict[str, Row] = {}
        self._whole: set[str] = set()  # whose quote is the whole sentence
        self._terms: dict[str, str] = {}  # what their sentences make them depend on
        self._late: list[Telling] = []
        self._late_tales: list[Telling] = []

    def add(self, part: Part, rows: list[Row], accounts: dict[str, Account], seq: int) -> Iterator[Row]:
        """Yield the commitments of a part's articles, and the older ones of which they report something."""
        self._load(part)
        tellings = [accounts[key_of(row)].telling for row in rows]
        self._note(rows)
        by_key = {key_of(row): row for row in rows}
        articles = list(self._waiting.new("article, day, outcomes, told, text", "articles", part))
        self._reprinted.take(articles, rows)
        self._named.update((article["article"], lands_in(article["told"])) for article in articles)
        new = [*self._owed(tellings, by_key), *self._pledged(articles)]
        self._debts.add(new)
        self._retold.place(new)
        sentences = self._sentences(articles)
        self._debts.report([*tellings, *sentences])
        self._debts.report(self._late, only_new=True)
        self._debts.hear(tale for article in articles for tale in tales_of(article))
        self._debts.hear(self._late_tales, only_new=True)
        groups = self._retold.changed([owed for owed in self._debts.owed.values() if owed.changed])
        self._read(groups)
        self._place(groups)
        followed = [(group, group.followed(self._named)) for group in groups]
        self._quote((group, promise) for group, promise in followed if _changed(group, promise))
        for group, promise in followed:
            yield from self._written(group, promise, seq)
        yield from self._gone(part, seq)

    def forget(self, part: Part) -> None:
        """Let go of what nothing after this part can be about, and of the words that no commitment will quote."""
        if (past := self._window.past(part)) and self._debts.forget(past):
            self._retold.forget(past)
            quoted = set(self._debts.owed)
            for owed in self._debts.owed.values():
                quoted |= {telling.key for telling, _ in owed.reports}
            self._quotes = {key: row for key, row in self._quotes.items() if key in quoted}
            self._whole &= quoted
            self._terms = {key: term for key, term in self._terms.items() if key in quoted}
            known = {key.partition("#")[0] for key in quoted}
            self._named = {article: lands for article, lands in self._named.items() if article in known}

    def _place(self, groups: Iterable[Group]) -> None:
        """Read which countries the articles name that tell of commitments or report of them."""
        articles = {article for group in groups for article in group.articles()}
        if unread := sorted(articles - self._named.keys()):
            sql = "select article, told from articles where article in (select unnest(?))"
            rows = self._reader.rows(sql, [unread])
            self._named.update((row["article"], lands_in(row["told"])) for row in rows)

    def _written(self, group: Group, promise: Commitment, seq: int) -> Iterator[Row]:
        """Yield the rows of what tells of one commitment: the first stands for all, the others become tombstones."""
        first = group.first
        if _changed(group, promise):
            first.stored, first.row = promise.states, True
            condition = self._term(group) or promise.condition
            yield _commitment_row(replace(promise, condition=condition), self._quotes, seq)
        for owed in group.members[1:]:
            if owed.row:
                owed.stored, owed.row = (), False
                yield _tombstone(owed.made, seq)
        for owed in group.members:
            owed.changed = owed.new = False
            owed.leader = first.made.telling.key

    def _term(self, group: Group) -> str | None:
        """Return what a commitment depends on by the words of the first sentence that says so."""
        keys = (owed.made.telling.key for owed in group.members)
        return next((self._terms[key] for key in keys if key in self._terms), None)

    def _gone(self, part: Part, seq: int) -> Iterator[Row]:
        """Yield tombstones of what older codings of a part's articles told of and the newest ones do not, or not first."""
        if recoded := sorted(part.articles & self._waiting.recoded):
            sql = "select * from commitments where article in (select unnest(?)) and state <> ?"
            for row in list(self._reader.rows(sql, [recoded, MERGED])):
                owed = self._debts.owed.get(row["event"])
                if owed is None or not owed.row:
                    yield {name: row[name] for name in ("commitment", "event")} | {
                        "seq": seq,
                        "state": MERGED,
                        "states": [],
                    }

    def _quote(self, followed: Iterable[tuple[Group, Commitment]]) -> None:
        """Quote whole sentences: of what tells of a commitment, and of what was heard of it."""
        told: set[str] = set()
        heard: set[str] = set()
        for group, promise in followed:
            told |= {owed.made.telling.key for owed in group.members} - self._whole
            heard |= {
                s.key
                for s in promise.states
                if s.state != HEARD and s.key.endswith(TALE_END) and s.key not in self._quotes
            }
        articles = sorted({key.partition("#")[0] for key in told | heard})
        if not articles:
            return
        sql = "select article, day, text from articles where article in (select unnest(?))"
        texts = {row["article"]: row for row in self._reader.rows(sql, [articles])}
        for key in sorted(told):
            if (article := texts.get(key.partition("#")[0])) is not None:
                quote = self._quotes[key]
                start, sentence = sentence_at(article["text"], quote["start"])
                if not key.endswith(PLEDGE) and (term := term_beside(sentence, quote["start"] - start)):
                    self._terms[key] = term
                self._quotes[key] = quote | {"start": start, "end": start + len(sentence), "quote": sentence}
                self._whole.add(key)
        for key in sorted(heard):
            name, at = place_of_sentence(key)
            start, sentence = sentence_from(texts[name]["text"], at)
            self._quotes[key] = {
                "start": start,
                "end": start + len(sentence),
                "quote": sentence,
                "day": texts[name]["day"],
            }

    def _note(self, rows: Iterable[Row]) -> None:
        for row in rows:
            if key_of(row) in self._whole:
                continue
            self._quotes[key_of(row)] = {
                "start": row["trigger"][0]["start"], "end": row["trigger"][-1]["end"], "quote": _quote(row), "day": row["day"],
            }  # fmt: skip

    def _sentences(self, articles: Iterable[Row]) -> list[Telling]:
        """Return the sentences of articles that say by their words what became of something, and keep their quotes."""
        found = []
        for article in articles:
            for telling, quote in outcomes_of(article):
                self._quotes[telling.key] = quote
                found.append(telling)
        return found

    def _pledged(self, articles: Iterable[Row]) -> Iterator[Owed]:
        """Yield what sentences of articles promise of which no event tells, and keep their quotes."""
        for article in articles:
            for telling, quote, condition in pledges_of(article):
                self._quotes[telling.key] = quote
                yield from owed_by((telling,), {}, {telling.key: condition} if condition else {})

    def _owed(self, tellings: Iterable[Telling], rows: dict[str, Row]) -> Iterator[Owed]:
        speakers = {key: row["speaker_code"] for key, row in rows.items()}
        conditions = {key: _quote(rows[other]) for key, row in rows.items() if (other := _condition(row)) in rows}
        yield from owed_by((t for t in tellings if binds(t)), speakers, conditions)

    def _load(self, part: Part) -> None:
        """Read what is owed and reported around a part by articles built before, as far as it is not known yet."""
        since, until, undated = self._window.next(part)
        rows = [
            row
            for row in self._waiting.old(
                COLUMNS, "events", since, until, undated=undated, only=MAY_BE_OWED, values=[part.until]
            )
            if key_of(row) not in self._debts.owed
        ]
        spoken = self._waiting.old(
            "article, day, outcomes",
            "articles",
            since,
            until,
            undated=undated,
            only=f"t.outcomes like '%\"{PLEDGED}\"%'",
        )
        pledged = [owed for owed in self._pledged(spoken) if owed.made.telling.key not in self._debts.owed]
        if part.since:
            self._late = [t for t in self._late if t.published and t.published > part.since]
            self._late_tales = [t for t in self._late_tales if t.published and t.published > part.since]
            later = self._waiting.old(
                "article, day, told, text", "articles", max(since or part.since, part.since), until, undated=False
            )
            self._late_tales += [tale for article in later for tale in tales_of(article)]
        if not rows and not pledged:
            return
        by_key = {key_of(row): row for row in rows}
        around = Context(rows)
        tellings = [telling_of(row, around) for row in rows]
        old = [*self._owed(tellings, by_key), *pledged]
        stored = self._stored({owed.made.telling.key for owed in old})
        leaders = {s.key: key for key, states in stored.items() for s in states if s.state == "open"}
        recoded, lost = self._waiting.recoded, self._told_first_in(part.articles & self._waiting.recoded)
        for owed in old:
            owed.new = owed.changed = False
            key = owed.made.telling.key
            states = stored.get(key, ())
            owed.stored, owed.row = states, bool(states)
            owed.leader = leaders.get(key)
            owed.unread = tuple(s.key for s in states if s.state != "open" and s.article not in recoded)
            owed.changed = key in lost or any(s.article in recoded for s in states)
        self._note(row for owed in old if (row := by_key.get(owed.made.telling.key)))
        self._debts.add(old)
        self._retold.place(old, known=not recoded)
        if part.since:
            self._late += [t for t in tellings if t.published and t.published > part.since]
            self._note(by_key[t.key] for t in self._late if t.key in by_key)

    def _told_first_in(self, articles: frozenset[str]) -> set[str]:
        """Return what tells again of a commitment that was first told in one of these articles, as last written."""
        sql = "select states from commitments where article in (select unnest(?)) and state <> ?"
        rows = self._reader.rows(sql, [sorted(articles), MERGED]) if articles else ()
        return {state["event"] for row in rows for state in row["states"] if state["state"] == "open"}

    def _stored(self, keys: set[str]) -> dict[str, tuple[State, ...]]:
        sql = "select event, states from commitments where event in (select unnest(?))"
        return {
            row["event"]: tuple(State(s["event"], s["article"], s["state"]) for s in row["states"])
            for row in self._reader.rows(sql, [sorted(keys)])
        }

    def _read(self, groups: list[Group]) -> None:
        """Read the reports that stored commitments name, where something new is told of them."""
        waiting = [(group, {key for owed in group.members for key in owed.unread}) for group in groups]
        keys = frozenset().union(*(unread for _, unread in waiting))
        if not keys:
            return
        sql = f"select {COLUMNS} from events where article in (select unnest(?))"
        rows = list(self._reader.rows(sql, [sorted({key.partition("#")[0] for key in keys})]))
        self._note(row for row in rows if key_of(row) in keys)
        around = Context(rows)
        tellings = {key_of(row): telling_of(row, around) for row in rows if key_of(row) in keys}
        if spoken := sorted({key.partition("#")[0] for key in keys if "#@" in key}):
            sql = "select article, day, outcomes, told, text from articles where article in (select unnest(?))"
            articles = list(self._reader.rows(sql, [spoken]))
            tellings |= {t.key: t for t in self._sentences(articles)}
            again = {owed.made.telling.key: unread for group, unread in waiting for owed in group.members}
            self._debts.weigh(
                (tale for article in articles for tale in tales_of(article)),
                lambda owed, tale: tale.key in again.get(owed.made.telling.key, ()),
            )
        for group, unread in waiting:
            for owed in group.members:
                for key in sorted(unread):
                    if telling := tellings.get(key):
                        owed.take(telling)
                owed.unread = ()


def _changed(group: Group, promise: Commitment) -> bool:
    """Whether a commitment is not as it was last written."""
    return not group.first.row or _said(promise.states) != _said(group.first.stored)


def _said(states: Iterable[State]) -> list[tuple[str, str]]:
    return [(state.key, state.state) for state in states]


def _tombstone(promise: Commitment, seq: int) -> Row:
    """Return the row of a commitment that another one has come to tell of too."""
    return {"commitment": promise.id, "seq": seq, "event": promise.telling.key, "state": MERGED, "states": []}


def _condition(row: Row) -> str:
    return f"{row['article']}#{row['condition']}"


def _quote(row: Row) -> str:
    return " … ".join(span["quote"] for span in row["trigger"])


def _commitment_row(promise: Commitment, quotes: dict[str, Row], seq: int) -> Row:
    telling = promise.telling
    own = quotes[telling.key]
    return {
        "commitment": promise.id,
        "seq": seq,
        "event": telling.key,
        "type": telling.type,
        "who": sorted(telling.actors),
        "to_whom": sorted(promise.to_whom),
        "article": telling.article,
        "start": own["start"],
        "end": own["end"],
        "quote": own["quote"],
        "condition": promise.condition,
        "due": promise.due,
        "state": promise.final,
        "states": [
            {
                "event": state.key,
                "article": state.article,
                "state": state.state,
                "quote": None if state.state == HEARD else quotes[state.key]["quote"],
            }
            for state in promise.states
        ],
    }
