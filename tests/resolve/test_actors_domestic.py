"""Who acts in the news of one country: party members, people told of by their age, unions and firms by name, bodies named like deeds."""

import pytest

from tests.resolve.test_actors_told import codes


@pytest.mark.parametrize(
    ("party", "code"),
    [("SPD", "DEU"), ("Bündnis 90/Die Grünen", "DEU"), ("B90/Grüne", "DEU"), ("ÖVP", "AUT"), ("SVP", "CHE")],
)
def test_a_party_in_brackets_says_what_a_name_is(party, code):
    text = f"Auch Ida Moll ({party}) klagte. Moll nannte den Plan falsch."
    assert codes(text, "Ida") == [f"{code}:PTY"]
    assert codes(text, "Moll", 1) == [f"{code}:PTY"]


@pytest.mark.parametrize(
    ("text", "word", "number", "wanted"),
    [
        ("Frau Ida Moll (FDP) klagte.", "Moll", 0, "DEU:PTY"),
        ("Ministerin Ida Moll (SPD) klagte.", "Moll", 0, "DEU:GOV"),
        ("Ida Moll (SPD) klagte. Justizministerin Ida Moll lehnte ab.", "Moll", 1, "DEU:GOV"),
        ("Ida Moll (Bremen) klagte in Deutschland.", "Moll", 0, "DEU"),
        ("Bündnis 90/Die Grünen klagten.", "Bündnis", 0, "DEU:PTY"),
        ("Die Familienpolitikerin Ida Moll klagte in Peru.", "Familienpolitikerin", 0, "PER:PTY"),
    ],
)
def test_a_title_goes_before_the_party(text, word, number, wanted):
    assert codes(text, word, number) == [wanted]


@pytest.mark.parametrize(("land", "code"), [("Polen", "POL"), ("Peru", "PER"), ("Ungarn", "HUN")])
@pytest.mark.parametrize("word", ["45-Jährigen", "45-jährigen"])
def test_no_police_has_an_age(land, code, word):
    text = f"In {land} kam die Polizei an. Sie sprach mit einem {word[:-1]}n. Die Polizei nahm den {word} fest."
    assert codes(text, word, 1) == [f"{code}:CVL"]


@pytest.mark.parametrize(
    ("text", "word", "number", "wanted"),
    [
        ("In Peru starb ein 16-jähriger bei einer Schlägerei.", "16-jähriger", 0, ["PER:CVL"]),
        (
            "Präsident Ole Brandt gewann in Chile. Die Opposition verklagte den 71-Jährigen.",
            "71-Jährigen",
            0,
            ["CHL:GOV"],
        ),
        ("In Peru wurden zehn Menschen getötet und 30 weitere verletzt.", "weitere", 0, ["PER:CVL"]),
        ("In Peru starb der 41-jährige Juan Perez.", "41-jährige", 0, None),
    ],
)
def test_who_is_told_of_by_age_or_number_alone(text, word, number, wanted):
    assert codes(text, word, number) == wanted


@pytest.mark.parametrize(("land", "code"), [("Ungarn", "HUN"), ("Chile", "CHL")])
@pytest.mark.parametrize(("noun", "sector"), [("Gewerkschaften", "LAB"), ("Firmen", "BUS")])
def test_names_listed_beside_a_body_are_of_its_kind(land, code, noun, sector):
    text = f"Die {noun} Baxon und GDBX klagen gegen {land}. {land} lehnt ab."
    assert codes(text, "Baxon") == codes(text, "GDBX") == [f"{code}:{sector}"]


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("Polen und Ungarn einigten sich über die Verwaltung der Grenzübergänge.", "Verwaltung", None),
        ("Die Verwaltung der Stadt lehnt das in Polen ab.", "Verwaltung", ["POL:GOV"]),
        ("Die Führung der Gespräche übernahm Polen.", "Führung", None),
        ("Die Führung des Landes lehnt das in Polen ab.", "Führung", ["POL:GOV"]),
        ("In Polen riefen unter der Führung der Armee viele zum Streik auf.", "Führung", None),
        ("Polen betraute ihn mit der Vertretung seiner Interessen.", "Vertretung", None),
    ],
)
def test_a_body_named_like_a_deed_acts_only_where_nothing_is_done_to(text, word, wanted):
    assert codes(text, word) == wanted


@pytest.mark.parametrize(("first", "second"), [("Peru", "Chile"), ("Serbien", "Albanien"), ("Japan", "Indien")])
@pytest.mark.parametrize("verb", ["einigte", "verständigte"])
def test_it_takes_two_to_agree(first, second, verb):
    both = codes(f"{first} und {second} verhandelten. Zudem {verb} man sich auf einen Vertrag.", "man")
    assert both == codes(f"{first} und {second} verhandelten.", first) + codes(
        f"{first} und {second} verhandelten.", second
    )


@pytest.mark.parametrize(("adjective", "code"), [("italienische", "ITA"), ("dänische", "DNK"), ("britische", "GBR")])
@pytest.mark.parametrize("force", ["Nato", "Friedenstruppe Kfor"])
def test_soldiers_in_the_force_of_a_bloc_stay_their_states(adjective, code, force):
    assert codes(f"Zwei {adjective} Soldaten der {force} wurden verletzt.", "Soldaten") == [f"{code}:MIL"]


@pytest.mark.parametrize(("first", "code"), [("EU", "EUR"), ("US", "USA:GOV")])
def test_a_word_shares_the_first_part_of_the_one_cut_short_before_it(first, code):
    text = f"Serbien schwieg. Die {first}-Innen- und Justizminister trafen sich."
    assert codes(text, "Justizminister") == [code]


@pytest.mark.parametrize("aim", ["gegen Rechts", "für Demokratie"])
def test_an_alliance_with_an_aim_is_of_citizens_and_not_the_police_told_of_before(aim):
    text = f"Die Polizei löste die Versammlung in Dresden auf. Das Bündnis {aim} klagte."
    assert codes(text, "Bündnis") == ["DEU:SOC"]
    assert codes("Die Nato tagt. Das Bündnis lehnt ab.", "Bündnis") == ["IGO"]


@pytest.mark.parametrize(("land", "code"), [("Polen", "POL"), ("Peru", "PER"), ("Kenia", "KEN")])
@pytest.mark.parametrize(("title", "sector"), [("Minister", "GOV"), ("Abgeordneten", "LEG"), ("Verbrecher", "CRM")])
def test_a_title_in_the_plural_is_of_all_the_names_behind_it(title, sector, land, code):
    text = f"In {land} sprachen die {title} Anton Xirub und Oleg Zemtu. {land} schwieg. Zemtu floh."
    assert codes(text, "Oleg") == codes(text, "Zemtu", 1) == [f"{code}:{sector}"]


def test_ministers_who_share_a_title_may_be_of_two_states():
    text = "Die Außenminister Indiens und Chinas, Rajiv Sharma und Wang Wei, telefonierten."
    assert codes(text, "Wang") == ["CHN:GOV"]


@pytest.mark.parametrize(("land", "code"), [("Polen", "POL"), ("Peru", "PER"), ("Kenia", "KEN")])
@pytest.mark.parametrize(
    ("text", "word", "sector"),
    [
        ("Der Vorsitzende der Gewerkschaft Anton Xirub drohte in {0}. Xirub blieb hart.", "Xirub", "LAB"),
        ("Anton Xirub, einer der Anführer der Rebellen in {0}, floh. Xirub schwieg.", "Xirub", "REB"),
        ("Die Regierung von Anton Xirub in {0} trat zurück. Xirub schwieg.", "Xirub", "GOV"),
        ("Bomben töteten in {0} Polizisten und deren Angehörige.", "Angehörige", "CVL"),
        ("In {0} stürmte eine Anti-Terroreinheit das Haus.", "Anti-Terroreinheit", "COP"),
        ("In {0} flogen die V-Leute auf.", "V-Leute", "SPY"),
    ],
)
def test_what_somebody_is_by_the_words_around_the_name(text, word, sector, land, code):
    text = f"{land} schwieg. " + text.format(land)
    assert codes(text, word, text.count(word) - 1) == [f"{code}:{sector}"]


@pytest.mark.parametrize(("first", "second"), [("Peru", "Chile"), ("Serbien", "Albanien"), ("Indien", "Nepal")])
def test_the_two_states_are_those_joined_in_the_sentence_before(first, second):
    text = f"Der Putsch in Ghana verstimmte {first} und {second}, sagte Ghanas Präsident. Die beiden Länder helfen."
    assert codes(text, "Länder") == codes(text, first) + codes(text, second)


def test_envoys_of_two_parties_are_of_the_parties():
    assert codes("Die SPD und die FDP stritten. Vertreter beider Parteien verhandeln.", "Vertreter") == ["DEU:PTY"]


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("Polen schwieg. Die Stadt klagt gegen Polen.", "Stadt", "POL:GOV"),
        ("Polen schwieg. Rebellen griffen die Stadt an.", "Stadt", "POL:CVL"),
        ("Polen schwieg. Die Gemeinde verbot das Fest.", "Gemeinde", "POL:GOV"),
        ("Polen schwieg. Die christliche Gemeinde feierte.", "Gemeinde", "POL:CVL"),
    ],
)
def test_a_town_that_does_something_is_its_council(text, word, wanted):
    assert codes(text, word) == [wanted]


@pytest.mark.parametrize(("land", "code"), [("Italien", "ITA"), ("Peru", "PER"), ("Norwegen", "NOR")])
def test_what_is_there_is_in_the_place_told_of_last(land, code):
    text = (
        f"Japan muss zahlen, entschied ein Richter in {land}. Der dortige Kassationshof bestätigte das. Polen schwieg."
    )
    assert codes(text, "Kassationshof") == [f"{code}:JUD"]


@pytest.mark.parametrize(("land", "code"), [("Ukraine", "UKR"), ("Türkei", "TUR")])
def test_a_front_is_where_armies_fight_unless_it_has_a_name(land, code):
    assert codes(f"Soldaten an der Front in der {land} flohen.", "Front") is None
    assert codes(f"Die {land} schwieg. Die Front rückt näher.", "Front") is None
    assert codes(f"Die {land} schwieg. Die Partei machte Front gegen den Plan.", "Front") is None
    assert codes(f"Die {land} schwieg. Die Nationale Front drohte der {land}.", "Front") == [f"{code}:REB"]


@pytest.mark.parametrize(
    ("adjective", "sector"), [("gesellschaftliche", "SOC"), ("studentische", "EDU"), ("rechtsradikale", "UAF")]
)
def test_an_adjective_says_what_a_group_is(adjective, sector):
    assert codes(f"Polen schwieg. Mehrere {adjective} Gruppen riefen zum Protest auf.", "Gruppen") == [f"POL:{sector}"]
