"""Whom the clause makes the doer of a deed, whom its sufferer, and who only speaks of it."""

from __future__ import annotations

import pytest

import lagebild

NATIONS = (("Israel", "ISR"), ("die Türkei", "TUR"), ("Frankreich", "FRA"))


def told(text, type_):
    records = lagebild.code(lagebild.Article(id="t", text=text, published="2020-05-12"))
    return [event for event in records.events if event.type == type_]


def words(actors):
    return {actor.span.quote for actor in actors if actor.span}


def countries(actors):
    return {actor.code[:3] for actor in actors if actor.code}


def capital(text):
    return text[0].upper() + text[1:]


@pytest.mark.parametrize("who", ["Oppositionsführer", "Journalist", "General"])
@pytest.mark.parametrize(
    ("frame", "type_"),
    [
        ("Der {} ist seit Montag inhaftiert.", "COERCE"),
        ("Der {} sitzt seit drei Jahren in Haft.", "COERCE"),
        ("Der {} steht unter Hausarrest.", "COERCE"),
        ("Der {} steht unter Verdacht, Waffen geliefert zu haben.", "ACCUSE"),
        ("Der {} geriet in die Kritik.", "ACCUSE"),
    ],
)
def test_the_subject_of_a_state_or_a_suspicion_suffers_it(frame, type_, who):
    (event,) = told(frame.format(who), type_)
    assert words(event.recipients) == {who} and who not in words(event.actors)


@pytest.mark.parametrize("who", ["General", "Journalist", "Abgeordnete"])
@pytest.mark.parametrize("deed", ["Festnahme", "Verhaftung"])
@pytest.mark.parametrize("frame", ["Nach seiner {} schwieg der {}.", "Wegen seiner {} streikte der {}."])
def test_an_arrest_was_done_to_whom_its_possessive_means(frame, deed, who):
    (arrest,) = told(frame.format(deed, who), "COERCE")
    assert words(arrest.recipients) == {who} and not arrest.actors


def test_an_attack_was_done_by_whom_its_possessive_means():
    (attack,) = told("Nach ihrem Angriff zogen sich die Rebellen zurück.", "ASSAULT")
    assert words(attack.actors) == {"Rebellen"}
    (blame,) = told("Mit seiner Kritik an Ankara löste Macron einen Streit aus.", "ACCUSE")
    assert countries(blame.actors) == {"FRA"} and countries(blame.recipients) == {"TUR"}


def test_who_wants_somebody_free_is_not_whom_the_possessive_means():
    (release,) = told("In Kairo sitzt ein ägyptischer Journalist in Haft. Paris fordert seine Freilassung.", "RETREAT")
    assert countries(release.recipients) == {"EGY"}


@pytest.mark.parametrize(("who", "code"), NATIONS)
@pytest.mark.parametrize(
    "frame",
    [
        "{} befürchtet einen Anschlag.",
        "{} warnte vor Anschlägen.",
        "{} hat keine Beweise für Anschläge.",
        "{} fürchtet neue Gewalt in Mali.",
        "{} will einen Anschlag verhindern.",
    ],
)
def test_who_fears_or_warns_of_a_deed_does_not_do_it(frame, who, code):
    attacks = told(capital(frame.format(who)), "ASSAULT")
    assert attacks
    for attack in attacks:
        assert code not in countries(attack.actors)


def test_who_threatens_with_a_deed_may_do_it():
    (attack,) = told("Die Türkei droht Syrien mit einem Angriff.", "ASSAULT")
    assert countries(attack.actors) == {"TUR"}


def test_the_dead_are_no_attackers():
    text = "Neun Tote und dreißig Verletzte forderte am Mittag ein Bombenanschlag auf den Markt von Kabul."
    attacks = told(text, "ASSAULT")
    assert attacks
    for attack in attacks:
        assert words(attack.actors).isdisjoint({"Tote", "dreißig Verletzte", "Neun Tote", "Verletzte"})


@pytest.mark.parametrize(("who", "code"), NATIONS)
def test_who_is_asked_for_a_release_is_to_release(who, code):
    (release,) = told(capital(f"{who} wurde von den USA zur Freilassung der Gefangenen aufgefordert."), "RETREAT")
    assert countries(release.actors) == {code}


@pytest.mark.parametrize(("who", "code"), NATIONS)
def test_who_threatens_somebody_does_what_the_infinitive_says(who, code):
    (opened,) = told(capital(f"{who} drohte Griechenland, die Grenzen zu öffnen."), "RETREAT")
    assert countries(opened.actors) == {code}


def test_who_is_suspected_of_planning_an_attack_is_the_attacker():
    (attack,) = told("Der Syrer wird verdächtigt, einen Anschlag geplant zu haben.", "ASSAULT")
    assert countries(attack.actors) == {"SYR"}


def test_the_genitive_of_an_attack_did_it():
    (attack,) = told("In Helmand sind Zivilpersonen durch Luftangriffe der NATO getötet worden.", "ASSAULT")
    assert countries(attack.actors) == {"IGO"} and "IGO" not in countries(attack.recipients)


def test_who_refuses_a_demand_did_not_make_it():
    (demand,) = told("Der Richter wies die Forderung der Anwälte zurück.", "REQUEST")
    assert "Richter" not in words(demand.actors)


@pytest.mark.parametrize(
    ("who", "other", "codes"), [("Putin", "Obama", {"RUS", "USA"}), ("Macron", "Erdogan", {"FRA", "TUR"})]
)
@pytest.mark.parametrize(
    "frame",
    [
        "{} bezeichnete das Treffen mit {} als Erfolg.",
        "{} sagte das Treffen mit {} ab.",
        "Nach einem Treffen mit {} in Wien sprach {} von Fortschritten.",
        "Bei einem Gespräch mit {} über den Haushalt blieb {} gelassen.",
    ],
)
def test_a_meeting_with_somebody_is_the_subject_s(frame, who, other, codes):
    (meeting,) = told(frame.format(who, other), "CONSULT")
    assert countries(meeting.actors) == countries(meeting.recipients) == codes


@pytest.mark.parametrize("who", ["Rebellen", "Milizen"])
@pytest.mark.parametrize(
    ("frame", "word", "country"),
    [
        ("Die USA bombardierten die für ihre Anschläge bekannten {} in Syrien.", "Anschläge", "USA"),
        ("Frankreich verhandelt nicht mit den wegen ihrer Überfälle gefürchteten {}.", "Überfälle", "FRA"),
    ],
)
def test_who_is_known_for_a_deed_did_it(frame, word, country, who):
    (deed,) = [event for event in told(frame.format(who), "ASSAULT") if event.trigger[0].quote == word]
    assert any(who in name for name in words(deed.actors))
    assert not any(actor.code == f"{country}:GOV" for actor in (*deed.actors, *deed.recipients))


@pytest.mark.parametrize("deed", ["ihre Entführung", "den Anschlag"])
@pytest.mark.parametrize("who", ["Rebellen", "Islamisten"])
def test_who_answers_for_a_deed_did_it(deed, who):
    (event,) = told(f"Die für {deed} verantwortlichen {who} sitzen in Haft.", "ASSAULT")
    assert any(who in name for name in words(event.actors))
    assert not any(who in name for name in words(event.recipients))


def test_what_somebody_is_taken_for_has_no_part():
    (charge,) = told("Moskau wird als Drahtzieher verdächtigt.", "ACCUSE")
    assert countries(charge.recipients) == {"RUS"} and not charge.actors


def test_a_warrant_s_genitive_issued_it():
    text = "Gegen den General liegt ein Haftbefehl des Internationalen Strafgerichtshofs vor."
    warrants = [
        event for type_ in ("ACCUSE", "COERCE") for event in told(text, type_) if event.trigger[0].quote == "Haftbefehl"
    ]
    assert warrants
    for warrant in warrants:
        assert "IGO" in countries(warrant.actors) and "IGO" not in countries(warrant.recipients)


def test_nicht_sondern_leaves_out_the_first():
    (attack,) = told("Nicht Russland, sondern Georgien hat angegriffen.", "ASSAULT")
    assert countries(attack.actors) == {"GEO"}
    (dismissal,) = told("Die Präsidentin hat nicht den Minister, sondern den Sprecher entlassen.", "SANCTION")
    assert words(dismissal.recipients) == {"Sprecher"}


def test_nicht_nur_leaves_out_nobody():
    (attack,) = told("Nicht nur Russland, sondern auch Georgien hat angegriffen.", "ASSAULT")
    assert countries(attack.actors) == {"RUS", "GEO"}


def test_whom_a_deed_is_aimed_at_did_not_do_it():
    attacks = told("Am Abend kam es zu Übergriffen auf Wahlhelfer und Zusammenstößen von Anhängern.", "ASSAULT")
    assert attacks
    for event in attacks:
        assert "Wahlhelfer" not in words(event.actors)


PAIRS = (
    ("Israel", "ISR", "Kanada", "CAN"),
    ("Polen", "POL", "Ägypten", "EGY"),
    ("Griechenland", "GRC", "Japan", "JPN"),
)


@pytest.mark.parametrize(("who", "code", "other", "others"), PAIRS)
@pytest.mark.parametrize(
    ("frame", "type_"),
    [
        ("Trotz der Sanktionen liefert {} weiter Öl an die Nachbarn.", "SANCTION"),
        ("{} hat trotz der Drohungen den Hafen geöffnet.", "THREATEN"),
        ("Ungeachtet der Mahnung baut {} den Staudamm weiter.", "REQUEST"),
        ("{} erntete scharfe Kritik.", "ACCUSE"),
        ("{} ist Ziel von Anschlägen.", "ASSAULT"),
        ("{} wurde erneut Ziel eines Angriffs.", "ASSAULT"),
        ("Die Regierung von {} war Zielscheibe scharfer Kritik.", "ACCUSE"),
        ("Der Plan von {} ist auf Kritik gestoßen.", "ACCUSE"),
        ("Der General aus {} erhält Straffreiheit.", "CONCEDE"),
        ("{} ist nun aufgefordert, die Truppen abzuziehen.", "REQUEST"),
        ("{} bleibt aufgefordert, die Truppen abzuziehen.", "REQUEST"),
    ],
)
def test_who_defies_receives_or_is_asked_suffers_it(frame, type_, who, code, other, others):
    (event,) = told(frame.format(who), type_)
    assert countries(event.recipients) == {code} and code not in countries(event.actors)


def test_who_threatens_in_spite_of_something_is_no_defier():
    (threat,) = told("Trotz seiner Drohungen gegen Kanada lud Polen den Minister ein.", "THREATEN")
    assert countries(threat.actors) == {"POL"}


@pytest.mark.parametrize(("who", "code", "other", "others"), PAIRS)
@pytest.mark.parametrize(
    ("frame", "type_"),
    [
        ("{} bekam Unterstützung aus {}.", "SUPPORT"),
        ("{} musste sich von {} vorwerfen lassen, zu spät gewarnt zu haben.", "ACCUSE"),
    ],
)
def test_who_gets_or_lets_is_not_who_does_it(frame, type_, who, code, other, others):
    (event, *_) = told(frame.format(who, other), type_)
    assert (countries(event.actors), countries(event.recipients)) == ({others}, {code})


@pytest.mark.parametrize(("who", "code", "other", "others"), PAIRS)
@pytest.mark.parametrize(
    "frame",
    [
        "Brasilien verurteilte den Beschuss der Hauptstadt von {} durch {}.",
        "Brasilien forderte, den Beschuss der Küste von {} durch {} einzustellen.",
    ],
)
def test_durch_behind_the_noun_of_a_deed_names_who_did_it(frame, who, code, other, others):
    (attack,) = told(frame.format(who, other), "ASSAULT")
    assert (countries(attack.actors), countries(attack.recipients)) == ({others}, {code})


@pytest.mark.parametrize(("who", "code", "other", "others"), PAIRS)
@pytest.mark.parametrize(
    ("frame", "type_"),
    [
        ("{} verlangte die Bestrafung der Täter.", "SANCTION"),
        ("{} forderte Zugang für die Helfer.", "RETREAT"),
    ],
)
def test_who_demands_a_deed_is_not_to_do_it(frame, type_, who, code, other, others):
    (event, *_) = told(frame.format(who), type_)
    assert code not in countries(event.actors)


@pytest.mark.parametrize("who", ["Islamabad", "Ankara", "Nairobi"])
def test_who_acts_after_a_deed_nobody_has_heard_of_did_not_do_it(who):
    (attack,) = told(f"{who} verlegte nach einem Überfall Truppen an die Grenze.", "ASSAULT")
    assert who not in words(attack.actors)


def test_who_blames_each_other_of_one_country_does_it_to_each_other():
    (blame,) = told("Die Regierung von Kenia und die Opposition in Kenia beschuldigten sich gegenseitig.", "ACCUSE")
    assert {actor.code for actor in blame.actors} == {actor.code for actor in blame.recipients} != set()


@pytest.mark.parametrize(("who", "code", "other", "others"), PAIRS)
def test_of_two_subjects_of_one_verb_the_second_is_its_object(who, code, other, others):
    (support,) = told(f"Ob sie {who} unterstützen wird, ließ die Regierung von {other} offen.", "SUPPORT")
    assert code in countries(support.recipients) and code not in countries(support.actors)


@pytest.mark.parametrize("whom", ["Smith", "Johnson", "Miller"])
def test_who_is_blamed_for_having_done_something_did_it(whom):
    text = (
        f"New Yorks Bürgermeister Carter kritisierte {whom} offen dafür, gegen die Pläne der Stadt gestimmt zu haben."
    )
    (vote,) = told(text, "REJECT")
    assert words(vote.actors) == {whom}


@pytest.mark.parametrize(("who", "code", "other", "others"), PAIRS)
@pytest.mark.parametrize(
    ("frame", "type_"),
    [
        ("Nach Angaben der Polizei von {} forderte der Mann Geld.", "REQUEST"),
        ("Laut {} fordern die Streikenden mehr Geld.", "REQUEST"),
        ("Wie {} mitteilte, verlangt {} mehr Geld.", "REQUEST"),
    ],
)
def test_from_whom_something_is_known_does_not_suffer_it(frame, type_, who, code, other, others):
    (demand,) = told(frame.format(who, other), type_)
    assert code not in countries(demand.recipients)


@pytest.mark.parametrize("who", ["Kenia", "Polen", "Kanada"])
def test_who_demonstrates_against_a_deed_did_not_do_it(who):
    (attack,) = told(f"Rund tausend Bauern aus {who} demonstrierten gegen einen Anschlag auf ihr Dorf.", "ASSAULT")
    assert not attack.actors


@pytest.mark.parametrize(("who", "code", "other", "others"), PAIRS)
@pytest.mark.parametrize(
    ("frame", "type_"),
    [
        ("Kritik an dem Plan kam prompt von der Regierung von {}.", "ACCUSE"),
        ("Der Angriff ging von {} aus.", "ASSAULT"),
        ("{} wies jede Schuld von sich, kündigte am Sonntag aber eine Untersuchung an.", "ACCUSE"),
    ],
)
def test_whom_a_deed_comes_from_or_who_starts_it_did_it(frame, type_, who, code, other, others):
    event = told(frame.format(who), type_)[-1]
    assert countries(event.actors) == {code}


@pytest.mark.parametrize(
    ("text", "by", "to"),
    [
        ("Rice gab nicht nach. Der Iran müsse „ohne jede Ausnahme den Bau“ der Anlage beenden, so Rice.", "USA", "IRN"),
        (
            "Kanada reagierte enttäuscht: Es reiche nicht, zu warten, die Polen müssten konkrete Schritte sehen.",
            "CAN",
            "POL",
        ),
    ],
)
def test_who_must_do_something_is_asked_by_who_says_so(text, by, to):
    (demand,) = told(text, "REQUEST")
    assert (countries(demand.actors), countries(demand.recipients)) == ({by}, {to})


@pytest.mark.parametrize(("who", "code", "other", "others"), PAIRS)
@pytest.mark.parametrize(
    "frame",
    [
        "{} unterzeichnete mit {} ein Abkommen.",
        "Das Abkommen, das {} mit {} unterzeichnet hatte, gilt.",
        "{} und {} unterzeichneten den Vertrag.",
    ],
)
def test_all_parties_of_a_treaty_sign_it(frame, who, code, other, others):
    signing = told(frame.format(who, other), "SUPPORT")[-1]
    assert countries(signing.actors) == countries(signing.recipients) == {code, others}


def test_who_signs_a_law_alone_has_no_partner():
    (signing,) = told("Die Präsidentin von Kenia unterzeichnete das Gesetz.", "SUPPORT")
    assert countries(signing.actors) == {"KEN"} and not signing.recipients


@pytest.mark.parametrize(
    ("who", "code"), [("Russische Soldaten", "RUS"), ("Ghana", "GHA"), ("Beobachter der OSZE", "OSC")]
)
@pytest.mark.parametrize("verb", ["überwachen", "beobachten"])
def test_who_watches_over_a_ceasefire_does_not_cease_fire(who, code, verb):
    text = f"Indien und Pakistan haben eine Waffenruhe vereinbart. {who} sollen die Waffenruhe {verb}."
    for event in told(text, "RETREAT"):
        if event.trigger[0].start > text.index("."):
            assert code not in countries(event.actors) | countries(event.recipients)
