"""What the fuzzer begins with, all our own: for each format the shapes that its reader, the pairing of marks and the
writers treat differently."""

from __future__ import annotations

import gzip
import io

import pyarrow as pa
from pyarrow import parquet

_STORY = (
    "“We will rebuild,” Ana Ortiz said.\n\n“One paragraph of it.\n\n“The next,” she said. 'I ‘think’ so,' Bo said.\n"
)
_ROWS = [{"id": "a", "title": "Flood", "text": "“We will,” Ortiz said."}, {"id": "b", "text": '"No," <b>he</b> said.'}]
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    b'4 0 obj<</Length 58>>stream\nBT /F 12 Tf 20 200 Td ("We will," Ana Ortiz said.) Tj ET  \nendstream endobj\n'
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n"
)


def _parquet() -> bytes:
    made = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(_ROWS), made)
    return made.getvalue()


SAMPLES: tuple[tuple[str, bytes], ...] = (
    ("auto", b""),
    ("auto", _STORY.encode()),
    ("auto", gzip.compress(_STORY.encode(), mtime=0)),
    ("auto", "„Nein“, sagte »er«. «Oui» ‹non› 「はい」 ‚na‘".encode()),
    ("auto", "\ufeff“a” =1+1 \u202e\x1b]0;x\x07 <script>alert(1)</script> | `x` [y](z)\r\n".encode("utf-16")),
    ("auto", "“Café,” sagte Œ.".encode("cp1252")),
    ("auto", b'<!doctype html><html><head><title>T</title></head><body><article><p>"A," he said.</p></article></html>'),
    ("text", b"6' 2\" tall, the '90s, rock 'n' roll: \"the \"inner\" one\" and ``TeX'' <<x>> '\"both\"'\n"),
    ("text", b'Ortiz said:\n\n> A block\n> of it\n\n    indented\n\nQ: "Why?"\nA: "So."\n'),
    (
        "markdown",
        b'---\ntitle: T\ndate: 2026-01-02\n---\n# H\n\n*"We"* said [Bo](x)\n\n> "Q"\n\n```\nc\n```\n\n'
        b"| a |\n|---|\n| b |\n",
    ),
    (
        "html",
        b"<html><head><meta charset=latin-1><meta property='article:published_time' content='2026-01-02'></head><body>"
        b"<nav>n</nav><article><h1>T</h1><p>&ldquo;We will,&rdquo; <b>Ortiz</b><br>said.<blockquote>q</blockquote>"
        b"<ul><li>a<li>b</ul><table><tr><td>c</table></article><script>x</script></body></html>",
    ),
    ("pdf", _PDF),
    ("csv", b'id,title,text\na,T,"""We,"" he said."\n=1,,\'x\'\n'),
    ("tsv", b'id\ttext\na\t"We," he said.\n'),
    ("jsonl", b'{"text": "\\u201cWe,\\u201d he said. \\ud800", "title": null}\n[1]\n{"text": 3}\n'),
    ("jsonl", b'[{"text": "\\"We,\\" he said.", "id": [1]}]'),
    ("parquet", _parquet()),
    (
        "eml",
        b'From: a@b\nSubject: =?utf-8?q?T=C3=A9?=\nDate: Mon, 23 Nov 2026 10:00:00 +0000\n\n"We," he said. \nflowed\n',
    ),
    (
        "eml",
        b"MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n"
        b"--x\nContent-Type: text/html; charset=utf-8\n"
        b"Content-Transfer-Encoding: base64\n\nPHA+IldlLCIgaGUgc2FpZC48L3A+\n--x--\n",
    ),
    (
        "word/document.xml",
        f"<w:document {_W}><w:body><w:p><w:r><w:t>“We,” he said.</w:t></w:r></w:p></w:body></w:document>".encode(),
    ),
    ("chapter.xhtml", b'<html><body><h1>T</h1><p>"We," he said.</p></body></html>'),
)
