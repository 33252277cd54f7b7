"""Words of politics in their everyday senses, and what an article that is not about politics needs to tell of an event."""

from __future__ import annotations

import pytest

from lagebild.language import parse
from lagebild.layers.events.features import QUIET as FEW
from lagebild.layers.events.features import Proposals
from lagebild.layers.events.index import build_index
from lagebild.layers.events.match import Matcher
from lagebild.layers.events.view import View
from lagebild.pipeline import before_events
from lagebild.records import Article
from lagebild.rules.lexicon import Lexicon
from tests.layers.test_senses import OFFICES, STATES, events_of, filled, without

PEOPLE = ["Die Leiterin", "Der Vorsitzende", "Der Sprecher der Firma"]

QUIET = {
    "a process is no trial": [
        *filled(["{} sprach von einem ergebnisoffenen Prozess."], PEOPLE),
        "Es war ein langer, demokratischer Prozess.",
        "Die Bürger sollen in den Prozess eingebunden werden.",
        "Das sei ein langwieriger Prozess, sagte die Leiterin.",
    ],
    "reserves": ["Die Stadt bildete Rücklagen für den Bau.", "Die Rücklage reicht bis Mai."],
    "what one takes it for": [
        *filled(["{} hält den Weg für begehbar.", "{} hält die Rechnung für bezahlbar."], PEOPLE),
        "Die Fraktion hält den Termin für machbar.",
    ],
    "in charge": [
        *filled(["{} ist für die Abteilung verantwortlich."], PEOPLE),
        "Er ist seit drei Jahren für die Mannschaft verantwortlich.",
        "Für den Inhalt der Seite ist der Verlag verantwortlich.",
    ],
    "taught": ["Der Kurs vermittelt Grundlagen der Statik.", "Das Wissen wird in der Ausbildung vermittelt."],
    "learning a trade": ["Die Mitarbeiter werden dafür ausgebildet.", "Der Betrieb bildet Köche aus."],
    "asked for advice": ["Die Firma zog einen Gutachter zu Rate.", "Zu Rate gezogen wurden auch alte Karten."],
    "lessons drawn": [
        *filled(["{} zog daraus Konsequenzen."], PEOPLE),
        "Der Betreiber hat aus dem Vorfall Konsequenzen gezogen.",
    ],
    "online": [
        "Die neue Seite ging am Montag ins Netz.",
        "Die Seite wurde am Mittwoch freigeschaltet.",
        "Das Portal hält 4000 Rezepte vor.",
    ],
    "offered for sale": [
        "Der Provider bietet mehrere Verfahren an.",
        "Zwei Händler bieten die Möglichkeit an.",
        "Es ist geplant, importierte Modelle anzubieten.",
    ],
    "shown": ["Der Sensor zeigte eine Fehlfunktion an.", "Auf der Tafel wurden die Runden angezeigt."],
    "compared": ["Im Vergleich zum Vorjahr sank der Umsatz.", "Im Vergleich mit anderen ist die Stadt teuer."],
    "pixels": ["Die Kamera hat eine Auflösung von zwölf Megapixeln.", "Das Display hat eine hohe Auflösung."],
    "one's own purse": [
        "Die Behörde finanziert den Umbau aus ihrem Etat.",
        "Der Sender finanziert sich über Werbung.",
        "Die Finanzierung der Halle ist noch ungeklärt.",
    ],
    "kept safe": [
        "Die Creme schützt vor der Sonne.",
        "Nichtraucher sollen vor dem Rauch geschützt werden.",
        "Das Gesetz soll die Umwelt schützen.",
    ],
    "sold": ["Die Serie wird über das Internet vertrieben.", "Die vom Label vertriebenen Kassetten sind beliebt."],
    "not worried": [*filled(["{} zeigte sich nicht besorgt."], PEOPLE)],
    "expected": [
        *filled(["{} verspricht sich davon mehr Gäste."], PEOPLE),
        "Von dem Umbau versprach sich der Konzern höhere Gewinne.",
    ],
    "but for": ["Sieht man von dem Sieg im Mai ab, war die Saison schlecht."],
    "assembly line": ["Der Hersteller will dort 9000 Wagen vom Band laufen lassen."],
    "led to": ["Das Verfahren, das zum Ergebnis führte, ist patentiert."],
    "looked at closely": ["Nach eingehender Prüfung der Zahlen blieb die Firma bei ihrem Plan."],
    "said": [*filled(["{} hob hervor, das Haus sei voll."], PEOPLE)],
    "there is": ["Es besteht die Gefahr auf einen Ausfall.", "Auf beiden Seiten besteht noch Hoffnung."],
    "back to normal": ["Die Temperatur hat sich wieder normalisiert.", "Der Verkehr normalisierte sich."],
    "into the grid": ["Das Kraftwerk speist wieder Strom ein.", "Der Reaktor nahm den Betrieb wieder auf."],
    "secluded": [
        "Er lebte zuletzt zurückgezogen in Bremen.",
        "Sie zog sich zu ihrer Familie aufs Land zurück.",
        "Der Konzern zog sich aus dem Geschäft mit Farben zurück.",
    ],
    "taxiing": ["Das Flugzeug war bereits angerollt."],
    "weather": [
        "Die Suche wird durch die Witterung behindert.",
        "Nebel behinderte die Bergung.",
    ],
    "pain": ["Der Läufer klagte über Schmerzen.", "Er klagte nach dem Spiel über Übelkeit."],
    "heard": ["Der Knall war bis zum Strand zu vernehmen."],
    "at odds": ["Das widerspricht dem Grundsatz der Sparsamkeit.", "Die Regel widerspricht jeder Logik."],
    "inspected": ["Der Roboter führt eine Inspektion der Raumfähre durch."],
    "credited": ["Das Gemälde wird einem Schüler des Malers zugeschrieben."],
    "books": [
        "Die Bank wies einen Gewinn von acht Milliarden Euro aus.",
        "Der Konzern konnte einen Überschuss ausweisen.",
    ],
    "moving up": ["Die Marke rückte ins Bewusstsein der Kunden vor.", "Der Verein rückte auf Platz drei vor."],
    "misused things": ["Das Netz wird als Pranger missbraucht.", "Er missbrauchte den Namen der Stiftung."],
    "with reservations": ["Der Film ist mit Abstrichen sehenswert."],
    "already": ["Die Sprecherin und der Sprecher erklärten bereits schriftlich, dass sie kommen."],
    "goals and matches": [
        "Die weiteren Tore schossen Weber und Kunze.",
        "Die Mannschaft ist eine Runde weiter. Am Sonntag trifft sie auf Bremen.",
    ],
    "at large": ["Der Täter ist noch auf freiem Fuß."],
    "members wanted": ["Der Verein wirbt um Mitglieder und Spenden.", "Die Stadt wirbt um Besucher."],
    "conditions of work": [
        "Sie arbeiten unter schwierigen Bedingungen.",
        "Die ausgehandelten Bedingungen gelten erst ab Mai.",
    ],
    "audience": ["Das Konzert wurde von 150 Fans besucht.", "400 Zuschauer besuchten die Vorstellung."],
    "travellers": ["Der Junge reiste mit der Bahn nach Den Haag.", "Die Familie reiste nach Spanien."],
    "money": ["Der Umbau scheiterte an leeren Kassen."],
    "ambulance": [
        "Der Fahrer wurde mit dem Krankenwagen abtransportiert.",
        "Die Läuferin wurde ins Krankenhaus gebracht.",
    ],
    "fitted": ["Die Sonde wurde mit einer Kamera bestückt."],
    "shipped": ["Das Programm ist bei der Auslieferung des Telefons schon installiert."],
    "species": ["Die Behörde setzte den Bären auf die Liste bedrohter Arten."],
    "studies": ["Eine Studie liegt vor. Diese Untersuchung soll zur Debatte beitragen."],
    "crew": ["Die Raumfähre startet im Mai. Auch die Besatzung ist bereit."],
    "deeds of everyday life": [
        "Die Firma sprengte den alten Schornstein.",
        "Der Torwart schlug den Ball ins Aus.",
        "Kunden stürmten die Läden.",
        "Die Arbeiter rissen die alte Scheune nieder.",
        "Der Veranstalter musste 300 Gäste zurückweisen.",
        "Die Prüfer bemängelten die Bremsen des Wagens.",
        "Die Kunden bemängeln den Service.",
        "Der Wolf wurde vom Jäger abgeschossen.",
        "Ärzte raten zu mehr Bewegung.",
        "Die Aufgabe verlangt viel Geduld.",
        "Die Museen laden zur langen Nacht ein.",
        "Die Vögel sind vom Aussterben bedroht.",
        "Der Film wurde mit drei Preisen ausgezeichnet.",
        "Die Verbraucherzentrale berät Kunden.",
        "Das Haus wurde nach dem Umbau wiedereröffnet.",
        "Das Werk wurde stillgelegt.",
        "Der Zoo ließ drei Luchse frei.",
        "Die Spieler verschrotteten ihre alten Räder.",
        "Dampf trat aus dem Kessel aus.",
        "Der Fahrer stieg aus dem Wagen aus.",
        "Die Firma drosselte die Produktion.",
        "Der Bauer reichert das Futter an.",
        "Die Kerzen wurden angezündet.",
        "Die Straße war von einem Baum versperrt.",
        "Der Schnee legte den Verkehr lahm.",
        "Der Maler fälschte Bilder.",
    ],
    "nouns of everyday life": [
        "Der Einschlag eines Meteoriten formte das Tal.",
        "Die Zerstörung der Regenwälder geht weiter.",
        "Die Besetzung der Stelle dauert.",
        "Die Sperrung der Brücke dauert bis Mai.",
        "Die Verfolgung des Blauwals dauerte Stunden.",
        "Die Überwachung der Pumpen übernimmt ein Rechner.",
        "Die Auflösung des Rätsels folgt morgen.",
        "Die Beschwerden im Knie nahmen zu.",
        "Die Befragung von 1000 Kunden ergab ein anderes Bild.",
        "Die Empfehlung der Jury fiel knapp aus.",
        "Der Vorschlag für das Menü kam vom Koch.",
        "Der elektrische Widerstand sinkt.",
        "Die Berufung zur Professorin kam im Mai.",
        "Die größte Bedrohung für den Luchs ist der Verkehr.",
        "Der Beifall des Publikums war groß.",
        "Das Treffen der Oldtimer lockt Besucher an.",
        "Die Aufhebung der Schwerkraft gibt es nicht.",
        "Der Verzicht auf Zucker fällt schwer.",
        "Die Entschädigung für die Fluggäste beträgt 250 Euro.",
        "Die Wiedereröffnung des Museums ist im Mai.",
        "Die Zusammenarbeit von Chor und Orchester klappt.",
        "Der Kredit für das Haus ist bewilligt.",
        "Der Rückzug der Gletscher beschleunigt sich.",
        "Die Räumung der Straßen vom Schnee dauert.",
        "Der Abbau von Kohle endet.",
        "Die Entlassung aus dem Krankenhaus ist für Montag geplant.",
        "Die Entlassung des Trainers kam überraschend.",
        "Die Vernichtung der Akten dauert.",
        "Der Austritt von Gas wurde bemerkt.",
        "Die Kündigung der Wohnung kam per Post.",
        "Die Strafe für das Foul waren zwei Minuten.",
        "Die Verstärkung der Abwehr ist nötig.",
        "Die Revolution in der Küche heißt Induktion.",
        "Der Streik der Maschine kostete Zeit.",
        "Der Verdacht auf Krebs bestätigte sich nicht.",
        "Die Kritiken zum Film sind gut.",
        "Der Prozess der Reifung dauert Monate.",
    ],
}


@pytest.mark.parametrize("cause", QUIET)
def test_tells_of_no_event(cause: str) -> None:
    texts = QUIET[cause]
    loud = [(text, [e.type for e in found]) for text, found in zip(texts, events_of(texts), strict=True) if found]
    assert loud == []


TYPED = {
    "ACCUSE": [
        "Der Prozess gegen den General begann.",
        "In Oslo begann der Prozess gegen fünf Angeklagte.",
        "Der Geheimdienst ist für den Anschlag verantwortlich.",
        "Die Partei hält das Gesetz für verfassungswidrig.",
        "Ein Bürger zeigte den Minister an.",
        "Die Kritik wandte sich gegen den Krieg und gegen die Regierung.",
        "Das sei Wortbruch, sagte die Opposition.",
        *filled(["{} äußerte sich kritisch zu den Plänen.", "{} sieht die Pläne kritisch."], OFFICES),
        *filled(
            ["{} warf der Polizei darüber hinaus Willkür vor.", "Darüber hinaus warf {} dem Gegner Betrug vor."], STATES
        ),
        *filled(["{} erwies der Sache einen Bärendienst."], ["Der Minister"]),
    ],
    "COERCE": [
        "Menschen ist dort das Singen nicht erlaubt.",
        *filled(["{} ließ den Kurznachrichtendienst sperren.", "{} sperrte mehrere Internetseiten."], STATES),
        "Die Demonstration wurde für illegal erklärt.",
        "Die Polizei fing den Ausbrecher ab.",
        "Die Behörden vertrieben die Bewohner aus der Siedlung.",
    ],
    "SANCTION": [
        *filled(["Die Entlassung des Generals in {} löste Unruhen aus."], STATES),
        "Das Land trat aus der Union aus.",
    ],
    "CONCEDE": [
        "Kuba erlaubt Händlern den Verkauf.",
        *filled(["{} gab dem Druck der Straße nach."], ["Der Minister", "Die Regierung in Lima"]),
    ],
    "REJECT": [
        "Die Kirchen machten Front gegen das Gesetz.",
        *filled(["{} blieb bei seiner ablehnenden Haltung."], STATES),
        "Die Opposition zeigte sich mit dem Haushalt nicht einverstanden.",
    ],
    "PROTEST": ["Die Gewerkschaft kündigte Streikmaßnahmen an.", "Die Streikmaßnahmen dauern bis Mai."],
    "ASSAULT": [
        "Sie stießen den Linienrichter zu Boden und traten auf ihn ein.",
        "Am Rande kam es zu Gewalttätigkeiten.",
    ],
    "RETREAT": [
        "Der Rückzug der Armee geht weiter.",
        "Die Entlassung der Gefangenen aus der Haft verzögert sich.",
        "Die Rebellen zogen sich aus der Stadt zurück.",
        "Die Entführer ließen den Mann laufen.",
    ],
    "AGREE": [*filled(["{} versprach freie Wahlen."], OFFICES), *filled(["{} bietet Verhandlungen an."], OFFICES)],
    "AID": [
        "Der Wärter verhalf den Häftlingen zur Flucht.",
        *filled(["{} finanziert den Wiederaufbau der Schulen in Mali."], STATES[:3]),
        "Blauhelme schützten die Dorfbewohner.",
        "Briten bilden ukrainische Rekruten aus.",
        "Deutschland bildet in Mali Lehrer aus.",
        *filled(["{} sagte technische Unterstützung zu."], STATES),
    ],
    "SUPPORT": [*filled(["{} bezeichnete den Besuch als wichtiges Zeichen."], OFFICES)],
}


@pytest.mark.parametrize("kind", TYPED)
def test_tells_of_the_type(kind: str) -> None:
    assert without(kind, TYPED[kind]) == []


BREWERY = (
    "Die Brauerei hat im vergangenen Jahr zwei Millionen Flaschen abgefüllt. Der Umsatz stieg um drei Prozent, der Gewinn "
    "blieb gleich. Das Haus will neue Kessel anschaffen und den alten Keller aufgeben. Die Mitarbeiter werden dafür "
    "ausgebildet. Aus dem Verleih von Fässern hat sich die Firma zurückgezogen. Der Chef rechnet mit geringeren Kosten. "
    "Die Preise für Hopfen sind im Sommer gefallen. Kunden schätzen vor allem das dunkle Bier, das nur im Winter zu haben ist."
)
MINISTRY = (
    "Die kenianische Regierung hat am Montag ihren Haushalt vorgelegt. Der Finanzminister will die Armee verkleinern und der "
    "Polizei mehr Geld geben. Norwegen und Japan hatten Nairobi dazu geraten. Das Parlament muss noch zustimmen, die "
    "Opposition ist dagegen. Die Mitarbeiter der Ministerien werden dafür ausgebildet. Aus dem Norden hat sich die Armee "
    "zurückgezogen. Der Präsident rechnet mit geringeren Kosten, der Chef des Geheimdienstes auch."
)


def _proposals(text: str) -> Proposals:
    lexicon = Lexicon()
    _, doc = next(parse([text], text_of=lambda item: item))
    earlier = before_events(Article(id="t", text=text, published="2022-03-14"), doc, lexicon)
    index = lexicon.derived(build_index)
    view = View(doc, index.forms)
    return Proposals(view, Matcher(view, index), earlier)


def test_an_article_that_names_few_political_actors_is_quiet() -> None:
    assert 0 < FEW < 20
    assert _proposals(BREWERY).quiet
    assert not _proposals(MINISTRY).quiet
    assert not _proposals("Die Brauerei hat zwei Millionen Flaschen abgefüllt.").quiet  # too short to say


def test_a_quiet_article_needs_more_to_tell_of_peaceful_deeds() -> None:
    brewery, ministry = events_of([BREWERY, MINISTRY])
    assert [event.type for event in brewery] == []
    assert "RETREAT" in {event.type for event in ministry}


@pytest.mark.parametrize(
    ("deed", "kind"),
    [("Die Polizei nahm den Fahrer fest.", "COERCE"), ("Ein Unbekannter erschoss den Wirt.", "ASSAULT")],
)
def test_force_is_told_anywhere(deed: str, kind: str) -> None:
    (found,) = events_of([f"{BREWERY} {deed}"])
    assert [event.type for event in found] == [kind]


@pytest.mark.parametrize("nation", STATES)
def test_what_only_happened_has_the_type_of_its_noun(nation: str) -> None:
    (found,) = events_of(
        [
            f"In {nation} kam es nach der Demonstration zu Auseinandersetzungen zwischen der Armee und Anhängern der Rebellen."
        ]
    )
    assert [event.type for event in found] == ["PROTEST", "ASSAULT"]


def test_private_people_thank_and_praise_without_an_event_in_a_quiet_article() -> None:
    deeds = [
        "Der Dirigent bedankte sich bei den Gästen.",
        "Die Zuschauer bejubelten den Sieger.",
        "Der Koch lobte das Bier.",
    ]
    for found in events_of([f"{BREWERY} {deed}" for deed in deeds]):
        assert [event.type for event in found] == []
    (found,) = events_of([f"{MINISTRY} Der Präsident bedankte sich bei den Norwegern."])
    assert "SUPPORT" in {event.type for event in found}
