"""Whatever a browser sends as a file: a sentence at the field or an upload, never a fault."""

import re

import pytest
from django.test import Client

from imports.models import Upload
from tests.imports.registers import ROWS, register

pytestmark = pytest.mark.django_db

REGISTER = register(*ROWS).encode()
BOUNDARY = "between-the-parts"
NO_FILE = "Choose the file of the register."
ERROR = re.compile(r'id="id_file_error">\s*<p[^>]*><span[^>]*>Error:</span>\s*([^<]*)</p>')
# What browsers and others call a file, and what it is kept as.
NAMES = {
    "n" * 300 + ".csv": "n" * 251 + ".csv",
    "n." + "s" * 300: "." + "s" * 254,
    "a\0b.csv": "ab.csv",
    "../../etc/passwd": "passwd",
    "C:\\Users\\officer\\register.csv": "register.csv",
    "register": "register",
    ".csv": ".csv",
    "con": "con",
    "%00.csv": "%00.csv",
    "<script>.csv": "<script>.csv",
    "vsc\u202e.exe": "vsc.exe",
    "Verträge 😀.csv": "Verträge 😀.csv",
}


def send(client, council, *files):
    """Send the form as a browser does, with these headers and contents of its files."""
    parts = [f'name="council"\r\n\r\n{council.pk}'.encode()]
    parts += [f'name="file"{head}\r\n\r\n'.encode() + content for head, content in files]
    start = f"--{BOUNDARY}\r\nContent-Disposition: form-data; ".encode()
    body = b"".join(start + part + b"\r\n" for part in parts) + f"--{BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return client.post("/uploads/new/", body, content_type=kind)


def named(name, content=REGISTER):
    return f'; filename="{name}"', content


@pytest.mark.parametrize("name", NAMES)
def test_new_takes_a_file_of_any_name(client, council, officer, settings, name):
    response = send(client, council, named(name))

    upload = Upload.objects.get()
    assert response.url == upload.get_absolute_url()
    assert upload.name == NAMES[name]
    assert re.fullmatch(rf"uploads/{council.pk}/[0-9a-f]{{40}}(\.\w+)?", upload.file.name)
    assert client.get(response.url).status_code == 200
    assert b"".join(client.get(f"{response.url}file/").streaming_content) == REGISTER


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([], NO_FILE),
        ([("", REGISTER)], NO_FILE),
        ([named("")], NO_FILE),
        ([named("..")], NO_FILE),
        ([named("\0")], NO_FILE),
        ([named("folder/")], NO_FILE),
        ([named("a.csv", b"")], "This file is empty. Choose the file that holds the register."),
        (
            [named("a.csv"), named("b.csv")],
            "Choose one file. Send the others one after another.",
        ),
    ],
    ids=["none", "words", "no name", "dots", "nul", "folder", "empty", "two"],
)
def test_new_says_at_the_field_what_is_amiss(client, council, officer, files, says):
    response = send(client, council, *files)

    assert response.status_code == 200
    assert ERROR.findall(response.content.decode()) == [says]
    assert not Upload.objects.exists()


def test_new_takes_nothing_from_a_form_that_is_not_ours(council, officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)

    response = send(client, council, named("register.csv"))

    assert response.status_code == 403
    assert "<h1" in response.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=\xe9"])
def test_new_answers_what_is_no_form(client, council, officer, kind):
    response = client.post("/uploads/new/", REGISTER, content_type=kind)

    assert response.status_code in {200, 400}
    assert not Upload.objects.exists()
