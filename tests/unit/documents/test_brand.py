"""The brand: readable by everybody, or refused with file, line and fix."""

import pytest

from bot.documents.brand import BrandProblem, contrast, read
from tests.unit.documents.example import PLAYBOOK

TEXT = (PLAYBOOK / "brand.yaml").read_text()


def test_the_brand_of_the_example_company() -> None:
    brand = read(TEXT)
    assert (brand.name, brand.colours.accent) == ("Larkspur", "#0B5563")
    assert brand.fonts.text.family == "SourceSerifPro"


@pytest.mark.parametrize(("colour", "ratio"), [("#000000", 21), ("#FFFFFF", 1), ("#767676", 4.54), ("#0B5563", 8.4)])
def test_contrast_is_that_of_the_standard(colour: str, ratio: float) -> None:
    assert contrast(colour) == pytest.approx(ratio, abs=0.05)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("#0B5563", "#1B8FA5", "brand.yaml:9: colours.accent: #1B8FA5 has 3.8:1 on white, 7:1 is needed. Fix: take #1"),
        ("#55606E", "#999999", "4.5:1 is needed"),
        ("#8A94A0", "#C9CFD6", "3:1 is needed"),
        ("#C9CFD6", "grey", "colours.hairline"),
        ("name: Larkspur\n", "", "brand.yaml:1: name: Field required"),
        ("language: en-GB", "language: english", "brand.yaml:3: language"),
        ("family: SourceSansPro", "family: ../../etc/passwd", "fonts.forms.family"),
        ("colours:", "colour:", "colours"),
        ("name:", "name: [", "cannot be read"),
    ],
)
def test_a_wrong_brand_is_refused_with_a_fix(old: str, new: str, said: str) -> None:
    with pytest.raises(BrandProblem) as caught:
        read(TEXT.replace(old, new))
    assert said in str(caught.value)


def test_the_tone_that_is_offered_passes() -> None:
    with pytest.raises(BrandProblem) as caught:
        read(TEXT.replace("#0B5563", "#1B8FA5"))
    offered = caught.value.problems[0].fix.removeprefix("take ")
    assert read(TEXT.replace("#0B5563", offered)).colours.accent == offered
