"""How documents look: the selling company's name, colours and fonts, from playbook/brand.yaml."""

from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError

from bot.figures.contrast import contrast, rgb
from bot.playbook.source import Problem, Read, read_yaml
from bot.streams.deal.dossier import House
from bot.streams.value import Value

__all__ = ["Brand", "BrandProblem", "contrast", "house_of", "read"]

FILE = "brand.yaml"


def _darker(colour: str, least: float) -> str:
    """The nearest darker tone that passes."""
    shades = ("#" + "".join(f"{int(c * 255 * step / 100):02X}" for c in rgb(colour)) for step in range(100, -1, -1))
    return next(shade for shade in shades if contrast(shade) >= least)


def _passes(least: float) -> AfterValidator:
    def check(colour: str) -> str:
        if contrast(colour) >= least:
            return colour
        said = f"{colour} has {contrast(colour):.1f}:1 on white, {least:g}:1 is needed"
        raise ValueError(f"{said}. Fix: take {_darker(colour, least)}")

    return AfterValidator(check)


Colour = Annotated[str, Field(pattern="^#[0-9A-Fa-f]{6}$")]
TextColour = Annotated[Colour, _passes(7)]
MutedColour = Annotated[Colour, _passes(4.5)]
MarkColour = Annotated[Colour, _passes(3)]
Name = Annotated[str, Field(pattern=r"^\w+$")]


class Colours(Value):
    """`ink` and `accent` carry text, `muted` what is beside it, `mark` and `hairline` no information."""

    ink: TextColour
    muted: MutedColour
    mark: MarkColour
    hairline: Colour
    accent: TextColour


class Font(Value):
    """A package whose folder `files` holds `<family>-Regular.ttf`, `-It`, `-Semibold` and `-SemiboldIt`."""

    package: Name
    family: Name


class Fonts(Value):
    text: Font
    forms: Font


class Voice(Value):
    """Words that no document of ours has."""

    forbidden: tuple[str, ...] = ()


class Brand(Value):
    name: str = Field(min_length=1, max_length=80)
    language: str = Field(pattern="^[a-z]{2}-[A-Z]{2}$")
    colours: Colours
    fonts: Fonts
    voice: Voice = Voice()


class BrandProblem(ValueError):
    """The brand cannot be used. It says everything that is wrong, with file, line and fix."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def read(text: str) -> Brand:
    """Raises BrandProblem."""
    found = read_yaml(FILE, text)
    if found.problems:
        raise BrandProblem(found.problems)
    try:
        return Brand.model_validate(found.data)
    except ValidationError as error:
        wrong = [(details["loc"], details["msg"]) for details in error.errors(include_url=False)]
    raise BrandProblem([_problem(found, path, said) for path, said in wrong])


def house_of(brand: Brand) -> House:
    """What the checks of a finished page ask of the brand."""
    return House(
        name=brand.name,
        fonts=tuple(dict.fromkeys((brand.fonts.text.family, brand.fonts.forms.family))),
        colours=tuple(brand.colours.model_dump().values()),
        forbidden=brand.voice.forbidden,
    )


def _problem(found: Read, path: tuple[str | int, ...], said: str) -> Problem:
    message, _, fix = said.removeprefix("Value error, ").partition(". Fix: ")
    file, line = found.place(path) if path[:1] and path[:1] in found.places else (FILE, 1)
    return Problem(file, line, f"{'.'.join(map(str, path))}: {message}", fix or "correct it")
