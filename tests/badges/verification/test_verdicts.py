"""Every verdict has its word, and every silence its sentence."""

import pytest
from django.utils.translation import override

from badges.formats.report import Verdict
from badges.verification.words import fetching, sentence
from badges.verification.words.verdicts import WORDS


@pytest.mark.parametrize(
    "verdict, label",
    [
        (Verdict.AUTHENTIC, "authentique"),
        (Verdict.REVOKED, "révoqué"),
        (Verdict.EXPIRED, "expiré"),
        (Verdict.NOT_YET_VALID, "pas encore valable"),
        (Verdict.MODIFIED, "modifié"),
        (Verdict.INVALID, "non valide"),
        (Verdict.UNREACHABLE, "émetteur injoignable"),
        (Verdict.UNVERIFIABLE, "non vérifiable"),
        (Verdict.NOT_A_BADGE, "ce n’est pas un badge"),
    ],
)
def test_a_verdict_is_said_in_plain_french(verdict, label):
    assert str(WORDS[verdict].label) == label


def test_every_verdict_says_what_it_means():
    assert set(WORDS) == set(Verdict)
    assert len({str(word.meaning) for word in WORDS.values()}) == len(Verdict)
    for word in WORDS.values():
        french = str(word.meaning)
        with override("en"):
            assert str(word.meaning) != french
        assert french.endswith(".")


def test_only_what_was_proved_may_be_relied_on():
    assert [verdict for verdict, word in WORDS.items() if "Vous pouvez vous y fier" in str(word.meaning)] == [
        Verdict.AUTHENTIC
    ]


@pytest.mark.parametrize("code", fetching.SENTENCES)
def test_a_silence_names_its_address_alone(code):
    address = "https://issuer.example/100%25"

    assert address in sentence(code, {"address": address})


def test_a_silence_says_what_to_do():
    assert sentence("fetch-too-slow", {"address": "https://a.example/"}) == (
        "https://a.example/ met trop de temps à répondre. Réessayez plus tard."
    )
