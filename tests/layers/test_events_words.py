"""Which words tell of an event and of which type: political deeds of many fields, states, everyday senses of the same words."""

from __future__ import annotations

import pytest

from lagebild.pipeline import code_all
from lagebild.records import Article

TOLD = [
    ("Der Flughafen wurde geschlossen.", "COERCE"),
    ("Der Flughafen war drei Stunden geschlossen.", "COERCE"),
    ("Der Grenzübergang ist seit Montag geschlossen.", "COERCE"),
    ("Alle Häfen bleiben gesperrt.", "COERCE"),
    ("Der Luftraum über Polen bleibt gesperrt.", "COERCE"),
    ("In dem Land sind Kundgebungen verboten.", "COERCE"),
    ("Weder das Betreten noch das Filmen war gestattet.", "COERCE"),
    ("Zwei Männer wurden in Kairo verurteilt.", "SANCTION"),
    ("Der Aktivist wurde am Montag verurteilt.", "SANCTION"),
    ("Bei einer Verurteilung droht dem General die Todesstrafe.", "SANCTION"),
    ("Die EU verurteilte den Anschlag.", "ACCUSE"),
    ("Der Verein prüft rechtliche Schritte gegen das Ministerium.", "ACCUSE"),
    ("Kritiker wollen gegen das Gesetz vor Gericht vorgehen.", "ACCUSE"),
    ("Die Staatsanwaltschaft gab die Einstellung des Verfahrens bekannt.", "CONCEDE"),
    ("Das Vermittlungsverfahren zwischen Parlament und Rat scheiterte.", "CONSULT"),
    ("Der Mann wurde dem Haftrichter vorgeführt.", "COERCE"),
    ("Der General wird wegen Hochverrats gesucht.", "ACCUSE"),
    ("Der Minister wurde zur Fahndung ausgeschrieben.", "ACCUSE"),
    ("Als Drahtzieher wird die ETA vermutet.", "ACCUSE"),
    ("Der Minister wird durch seinen Fahrer schwer belastet.", "ACCUSE"),
    ("Die Polizei vereitelte einen Anschlag in Paris.", "COERCE"),
    ("Die britischen Behörden griffen am Morgen zu.", "COERCE"),
    ("Polizisten drangen in die Wohnung des Journalisten ein.", "COERCE"),
    ("Polizisten drängten Journalisten ab.", "COERCE"),
    ("Die Taliban schlossen Mädchen vom Unterricht aus.", "COERCE"),
    ("Italien verweigerte dem Rettungsschiff die Einfahrt.", "COERCE"),
    ("Litauen errichtete einen Grenzzaun.", "COERCE"),
    ("Die Regierung hat die Zahlen geschönt.", "COERCE"),
    ("Die Junta löste das Parlament auf.", "COERCE"),
    ("Ungarn blockierte die Verhandlungen.", "REJECT"),
    ("Die Opposition will den Amtsantritt des Präsidenten verhindern.", "REJECT"),
    ("Der Minister nannte die Vorwürfe haltlos.", "REJECT"),
    ("Der Mann bestritt eine Tatbeteiligung.", "REJECT"),
    ("Der Vorschlag stieß in Ankara auf wenig Gegenliebe.", "REJECT"),
    ("Der Dichter gab den Orden aus Protest zurück.", "REJECT"),
    ("Die Pläne seien absurd, sagte der Oppositionsführer.", "ACCUSE"),
    ("Der Präsident unterzeichnete ein Gesetz zur Pressefreiheit.", "SUPPORT"),
    ("Demonstranten legten sich auf die Straße.", "PROTEST"),
    ("Aktivisten hissten am Rathaus die tibetische Flagge.", "PROTEST"),
    ("Die Miliz machte Mädchen zu Sexsklavinnen.", "ASSAULT"),
    ("Die Mafiamorde von Neapel sind nicht aufgeklärt.", "ASSAULT"),
    ("Unbekannte zündeten vor der Botschaft einen Sprengkörper.", "ASSAULT"),
    ("Die Truppen stießen auf heftigen Widerstand.", "ASSAULT"),
    ("Der Präsident floh ins Ausland.", "RETREAT"),
    ("Nordkorea baute die Testanlage ab.", "RETREAT"),
    ("Die Küstenwache rettete 80 Migranten.", "AID"),
    ("Das Parlament führte die Wehrpflicht ein.", "MOBILIZE"),
    ("Der Präsident schloss einen Militärschlag nicht aus.", "THREATEN"),
    ("Ein Bombenanschlag hat Tunis erschüttert. Die Explosion ereignete sich am Abend.", "ASSAULT"),
    ("Die Schwulen-Parade zog durch Belgrad.", "PROTEST"),
    ("Beide Minister haben das Abkommen unterzeichnet.", "SUPPORT"),
    ("Der Ausschuss lud den Minister vor.", "ACCUSE"),
    ("Der Zoll stellte 200 Gewehre sicher.", "COERCE"),
    ("Polizisten holten den Aktivisten aus dem Flugzeug.", "COERCE"),
    ("Die letzten Soldaten verließen den Stützpunkt.", "RETREAT"),
    ("Der Minister appellierte an die Bürger, zu Hause zu bleiben.", "REQUEST"),
    ("Beide Seiten unterzeichneten eine Waffenruhe.", "AGREE"),
    ("Die USA wollen die Sanktionen auslaufen lassen.", "CONCEDE"),
    ("Rom beginnt im Mai mit der Freigabe von 350 Millionen Euro für Tunis.", "AID"),
]
SILENT = [
    "Der Tunnel bleibt bis März geschlossen.",
    "Der Flughafen wurde wegen dichten Nebels geschlossen.",
    "Der Verkehr war stark behindert.",
    "Der Pilot sah sich gezwungen, in Oslo zu landen.",
    "Unter den gegenwärtigen Bedingungen wächst auf der Insel kein Weizen.",
    "Mit Hilfe eines Krans hoben die Männer den Wagen aus dem Graben.",
    "Der Zyklon schwächte sich ab und drehte nach Osten ab.",
    "Das Beben beschädigte viele Häuser.",
    "Ein Bakterium ist für den Tod vieler Kinder verantwortlich.",
    "Viele Dorfbewohner haben keinen Zugang zu sauberem Wasser.",
    "Der Flughafen wurde mit neuem Radar ausgestattet.",
    "Das ergab sich aus der Auswertung der Daten.",
    "Daraus ergaben sich neue Möglichkeiten.",
    "Als Beispiel nannte die Forscherin den Mond.",
    "Die Firma vertreibt tschechisches Bier.",
    "Das Gasthaus wurde nach dem Umbau wieder eröffnet.",
    "Das Amt ist Männern vorbehalten.",
    "Jugendliche sprühten Parolen auf Wände.",
    "Werder empfing den VfB Stuttgart.",
    "Die verdorbenen Lebensmittel wurden vernichtet.",
    "Eine Verletzung zwang ihn zur Pause.",
    "Der Wirt bat die Gäste um Geduld.",
    "Es war daran gedacht, das Rathaus zu verkaufen.",
    "Die Stadt nimmt den dritten Platz ein.",
    "Auf den Finder des Hundes war eine Belohnung ausgesetzt.",
    "Der Fluss trat über die Ufer und bedrohte das Dorf.",
    "Die Kanzlerin hielt eine Rede zur Digitalisierung.",
    "Die Hitze forderte 20 Todesopfer.",
    "Beim Eintreffen der Feuerwehr brannte das Dach.",
    "Der Hersteller bietet zwei Modelle an.",
    "Die Aussage steht im Widerspruch zum Befund.",
    "Der Sender verpflichtete ihn als Regisseur.",
    "Viele mussten wegen Erfrierungen behandelt werden.",
    "Die Stadt bestritt die Kosten aus der Kasse.",
]


@pytest.fixture(scope="module")
def types() -> dict[str, set[str]]:
    """The types of event that are found in each sentence, which stands alone."""
    sentences = [*(text for text, _ in TOLD), *SILENT]
    articles = [Article(id=str(n), doc=str(n), text=text, published="2020-03-04") for n, text in enumerate(sentences)]
    return {records.article.text: {event.type for event in records.events} for records in code_all(articles)}


@pytest.mark.parametrize(("text", "kind"), TOLD)
def test_words_of_political_deeds(text: str, kind: str, types: dict[str, set[str]]) -> None:
    assert kind in types[text]


@pytest.mark.parametrize("text", SILENT)
def test_the_same_words_in_everyday_life(text: str, types: dict[str, set[str]]) -> None:
    assert not types[text]
