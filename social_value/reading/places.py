"""Where a promise is to be kept, in the cell's own words."""

import re

# "in the borough", "across Ashwold": the promise is for that place alone. "Local" names none.
AREA = (
    r"(?:borough|district|county|city|town|ward|parish|council(?:'s)? area|authority area|estate)"
)
NAMED = r"[A-Z][a-z]+(?:[\s-](?:(?:on|upon|and|the|in|le|under|of|&)[\s-])*[A-Z][a-z]+)*"
PLACE = re.compile(
    rf"\b(?:[Ii]n|[Ww]ithin|[Aa]cross|[Aa]round|[Tt]hroughout)\s"
    rf"(?P<place>(?:the|our|this)\s(?:[A-Za-z]+\s){{0,2}}?{AREA}\b(?:\sof\s{NAMED})?"
    rf"|(?:the\s)?{NAMED}(?:\sarea\b)?)"
)
# Words with capital letters that are no places.
NO_PLACES = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Year|Level|Digital|Science|Technology|English|"
    r"Engineering|Business|Quarter|Phase|Spring|Summer|Autumn|Winter|Community|Schools?|Colleges?|"
    r"Maths|Computing|Coding|Total|Partnership|House|Kind|Addition|Education|Employment|Work|"
    r"Contract|Local|Accordance|Line|Cash|Volunteering|Apprenticeships?|Full|Monday)"
)


def place_words(words: str) -> str:
    """The place named, or nothing; a month or a subject is no place."""
    for found in PLACE.finditer(" ".join(words.split())):
        place = found["place"]
        if not NO_PLACES.match(place.removeprefix("the ")):
            return place
    return ""
