"""A small ledger that has something in every column."""

from __future__ import annotations

import dataclasses

from lagebild.records import Actor, Event, Evidence, Place, Quantity, Records, Statement
from tests.ledger.factory import PARIS, V1, article, event, said, span, who

TEXT = (
    "Frankreichs Präsident traf am Freitag in Paris die ägäische Ministerin 😀. Bei einem „Überfall“ starben zwölf Söldner; "
    "Ruritaniens Armee dementierte, {Zenda} beschossen zu haben. Frankreich will 5% mehr Hilfe schicken & verlangt den Rückzug."
)
FOUND = article(
    TEXT, "ä b.html", url="https://zeitung.test/a?b=1&c=ü", outlet="zeitung.test", headline="Treffen & Überfall: 5% {mehr}",
    bylines=("Änne Öztürk",), agencies=("dpa",), language="de",
)  # fmt: skip
ARMY = ("Ruritaniens Armee", "XRU:MIL")
EVENTS = (
    event(TEXT, "traf", "CONSULT", mode="visit", actors=[("Frankreichs Präsident", "FRA:GOV")],
          recipients=[("Ministerin", "GRC:GOV")], place=("Paris", *PARIS), day=("Freitag", "2024-03-01")),
    dataclasses.replace(event(TEXT, "Überfall", "ASSAULT", id=1, actors=[ARMY], killed=("zwölf", 12.0)),
                        recipients=(Actor(span(TEXT, "Söldner"), None, "FRA:REB", "named"),)),
    event(TEXT, "beschossen", "ASSAULT", id=2, mode="heavy-weapons", actors=[ARMY], status="denied", statement=0),
    event(TEXT, "schicken", "AID", id=3, actors=[("Frankreich", "FRA:GOV")], status="planned"),
    event(TEXT, "verlangt", "REQUEST", id=4, actors=[("Frankreich", "FRA:GOV")], recipients=[ARMY]),
    dataclasses.replace(event(TEXT, "Rückzug", "RETREAT", id=5, mode="withdraw", status="demanded", content_of=4),
                        actors=(Actor(None, None, "XRU:MIL", "implied"),)),
)  # fmt: skip
DENIAL = said(TEXT, "Ruritaniens Armee", "dementierte", "XRU:MIL", stance="denies")
BARE = article("Die Lage ist unklar. Zenda brennt.", "b.txt", published=None)
SEEN = article(
    "Am Abend wurde es still. Im Hafenviertel luden Anwohner nach Angaben von Augenzeugen drei Frachtkähne, falls Strelsau hilft.",
    "c.txt", headline="Nächtliches Verladen", kicker="Reportage", outlet="anzeiger.test",
)  # fmt: skip
HEARSAY = Statement(
    0, (), span(SEEN.text, "Augenzeugen"), (span(SEEN.text, "nach Angaben"),), (span(SEEN.text, "luden"),), "Reported"
)
LOADED = Event(
    0, "MOBILIZE", "", (span(SEEN.text, "luden"),),
    contexts=("military", "economic"),
    actors=(Actor(span(SEEN.text, "Anwohner"), None, None, "collective"),),
    recipients=(dataclasses.replace(who(SEEN.text, "Strelsau", "XRU:GOV+MIL"), entity="Q1"),),
    statement=0, condition=1,
    place=Place(span(SEEN.text, "Hafenviertel"), None),
    quantities=(Quantity(span(SEEN.text, "drei Frachtkähne"), "other", 3.0, 4.0, unit="Frachtkahn"),),
    evidence=(Evidence("type", "events.luden", span(SEEN.text, "luden"), "a note with Frachtkähne"),),
)  # fmt: skip
HELP = event(SEEN.text, "hilft", "AID", id=1, actors=[("Strelsau", "XRU:GOV")], status="conditional")
SAMPLE = (
    Records(FOUND, V1, EVENTS, (DENIAL,)),
    Records(BARE, V1, (Event(0, "ASSAULT", "", (span(BARE.text, "brennt"),)),)),
    Records(SEEN, V1, (LOADED, HELP), (HEARSAY,)),
)
NUMBER = sum(len(records.events) for records in SAMPLE)
