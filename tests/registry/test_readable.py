"""Names in capitals are shown in a readable case; all others are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.readable import readable_name


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("ODDENSHAW DIGITAL SUPPLY LIMITED", "Oddenshaw Digital Supply Limited"),
        ("BRAMBLEWAY COMPUTING LTD", "Brambleway Computing Ltd"),
        ("BRAMBLEWAY COMPUTING Ltd", "Brambleway Computing Ltd"),
        ("BT PLC", "BT plc"),
        ("IBM UNITED KINGDOM LTD.", "IBM United Kingdom Ltd."),
        ("KPMG LLP", "KPMG LLP"),
        ("SOFTCAT PLC", "Softcat plc"),
        ("XMA LIMITED", "XMA Limited"),
        ("SCC (UK) LTD", "SCC (UK) Ltd"),
        ("IT SUPPORT FOR THE NHS LTD", "IT Support for the NHS Ltd"),
        ("THE CHURCH OF ST JOHN'S", "The Church of St John's"),
        ("O'BRIEN & SMITH-JONES", "O'Brien & Smith-Jones"),
        ("MCDONALD ELECTRICAL", "McDonald Electrical"),
        ("HOLLOWBANK WEB LIMITED T/A HOLLOWBANK", "Hollowbank Web Limited t/a Hollowbank"),
        ("THE BIG BUS CO", "The Big Bus Co"),
        ("A J BROWN & SONS", "A J Brown & Sons"),
        ("3M UK PLC", "3M UK plc"),
        ("O2 (UK) LIMITED", "O2 (UK) Limited"),
        ("CAFÉ ÉCLAIR LTD", "Café Éclair Ltd"),
        ("DPAA Ltd", "DPAA Ltd"),
        ("DPAA LTD", "DPAA Ltd"),
        ("NATS SERVICES LIMITED", "NATS Services Limited"),
        ("JOHN WEBB HOME CARE LTD", "John Webb Home Care Ltd"),
        ("BLUE GATE ROAD & RAIL", "Blue Gate Road & Rail"),
        ("AL'S TAXI HIRE", "Al's Taxi Hire"),
        ("SMITH Ltd", "Smith Ltd"),
    ],
)
def test_shouted_names_are_shown_in_usual_case(stored, shown):
    assert readable_name(stored) == shown


@pytest.mark.parametrize(
    "name",
    [
        "Ploverton Software Limited",
        "Capita plc",
        "BT plc",
        "eBay (UK) Ltd",
        "iTECH Ltd",
        "",
        "12345",
    ],
)
def test_other_names_stay_as_they_are(name):
    assert readable_name(name) == name


@given(st.text(st.characters(max_codepoint=255), max_size=60))
def test_only_the_case_of_a_name_changes(name):
    assert readable_name(name).upper() == name.upper()
    assert readable_name(readable_name(name)).upper() == name.upper()
