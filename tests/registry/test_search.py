"""Searching contracts and suppliers with words misspelt."""

import pytest

from registry.actions.vocabulary import learn_words
from registry.models import Contract, SupplierName, Word
from registry.names import canonical_name
from registry.permissions import EVERYBODY
from registry.search import contracts_matching, matching_or_nearest, meant_by
from tests.factories import make_contract, make_officer, make_supplier

pytestmark = pytest.mark.django_db


@pytest.fixture
def laptops(django_capture_on_commit_callbacks):
    contract = make_contract(title="Laptops for schools", supplier_name="Softcat Example Ltd")
    with django_capture_on_commit_callbacks(execute=True):
        learn_words([{"title": contract.title, "supplier_name": contract.supplier_name}])
    return contract


def find(text):
    published = Contract.objects.as_published_to(EVERYBODY)
    return matching_or_nearest(published, contracts_matching, text)


def test_what_has_the_words_is_found_as_it_is(laptops):
    found, instead = find("schools laptop")

    assert (list(found), instead) == ([laptops], "")


def test_words_nobody_wrote_give_way_to_the_nearest(laptops):
    found, instead = find("LAPTPOS schools")

    assert (list(found), instead) == ([laptops], "laptops schools")


def test_where_the_nearest_words_find_nothing_nothing_is_said_instead(laptops):
    found, instead = find("laptosp glasgow")

    assert (list(found), instead) == ([], "")


def test_a_word_that_part_of_a_word_holds_is_left_as_it_is(laptops):
    assert meant_by("school") == "school"
    assert meant_by("scholos") == "schools"


def test_a_withheld_suppliers_words_are_not_told(laptops):
    laptops.supplier_withheld = True
    laptops.save()

    found, instead = find("softkat")

    assert (list(found), instead) == ([], "")


def test_words_learnt_twice_are_kept_once(laptops, django_capture_on_commit_callbacks):
    before = Word.objects.count()

    with django_capture_on_commit_callbacks(execute=True):
        learn_words([{"title": "LAPTOPS again"}])

    assert Word.objects.count() == before + 1


@pytest.mark.parametrize("page", ["/contracts/", "/suppliers/"])
def test_pages_say_which_words_they_took_instead(client, laptops, page):
    laptops.supplier.names.create(name="Softcat Example Ltd", canonical="example softcat")

    shown = client.get(page, {"q": "softcta"}).content.decode()

    assert "These have <strong>“softcat”</strong>" in shown
    assert str(laptops.supplier) in shown


def test_the_page_of_whose_a_name_is_forgives_spelling_too(client, laptops):
    client.force_login(make_officer(laptops.council))
    other = make_contract(council=laptops.council, supplier_name="Other Ltd")
    laptops.supplier.names.create(name="Softcat Example Ltd", canonical="example softcat")
    type(laptops.supplier).objects.filter(pk=laptops.supplier_id).update(name="Softcat Example Ltd")

    shown = client.get(f"{other.get_absolute_url()}supplier/", {"q": "softkat"}).content.decode()

    assert "Suppliers called so" in shown


@pytest.mark.each_database
@pytest.mark.parametrize(
    "asked",
    [
        *("capita business", "CAPITA BUSINES", "capitta business", "buisness capita"),
        *("o'neill", "o’neill", "oneill", "smith & jones", "smith and jones", "A.B.C. Systems"),
        *("abc systems", "café supplies", "cafe supplies", "Wave-Net", "wavenet", "wave net"),
    ],
)
def test_suppliers_are_found_however_their_names_are_spelt(
    client, asked, django_capture_on_commit_callbacks
):
    names = ["Capita Business Services Ltd", "O'Neill Plumbing", "Smith & Jones LLP"]
    names += ["ABC Systems Ltd", "Café Supplies", "Wavenet Limited", "Northern Timber plc"]
    with django_capture_on_commit_callbacks(execute=True):
        for name in names:
            make_contract(supplier=make_supplier(name), supplier_name=name)
            SupplierName.objects.filter(name=name).update(canonical=canonical_name(name))
        learn_words([{"title": "Things", "supplier_name": name} for name in names])

    told = client.get("/suppliers/", {"q": asked}).content.decode()

    assert "1 found" in told or "1 supplier found" in told
