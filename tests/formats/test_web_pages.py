"""FAQ pages: every way in which a page sets questions apart, and pages that have none."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from chatbot import formats
from chatbot.formats import FormatError
from chatbot.intents import IntentsError
from tests.formats.reading import content, notes, read

OPEN, WHERE = "When do you open?", "Where are you?"
ANSWERS = [([OPEN], ["At nine."]), ([WHERE], ["Main Street."])]
DESCRIBED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "Organization", "name": "Us"},
        {
            "@type": ["FAQPage"],
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": question,
                    "acceptedAnswer": {"@type": "Answer", "text": answer},
                }
                for question, answer in ((OPEN, "At nine."), (WHERE, "Main Street."))
            ],
        },
    ],
}

PAGES = {
    "headings": f"<body><h2>{OPEN}</h2><p>At <b>nine</b>.</p><h2>{WHERE}</h2>Main Street.</body>",
    "numbered": f"<h3>1. {OPEN}</h3>At nine.<h3>2. {WHERE}</h3>Main Street.",
    "details": f"<details><summary>{OPEN}</summary><p>At nine.</p></details>no answer"
    f"<details open><summary>{WHERE}</summary>Main Street.</details><p>Bye.</p>",
    "terms": f"<dl><dt>{OPEN}</dt><dd>At nine.</dd><dt>{WHERE}</dt><dd>Main Street.</dd></dl>",
    "bold": f"<p><strong>{OPEN}</strong></p><p>At nine.</p><p><b>{WHERE}</b><br>Main Street.</p>",
    "buttons": f"<button>{OPEN}</button><div>At nine.</div>"
    f"<button>{WHERE}</button><div>Main Street.</div>",
    "classes": f'<div class="item"><div class="faq-Question"><div>{OPEN}</div></div>'
    f'<div>At nine.</div></div><div class="faq-question">{WHERE}</div><div>Main Street.</div>',
    "table": f"<table><tr><th>Question<th>Answer</tr><tr><td>{OPEN}</td><td>At nine.</td></tr>"
    f"<tr><td>{WHERE}</td><td>Main Street.</td></tr></table>",
    "json-ld": f'<script type="application/ld+json">{json.dumps(DESCRIBED)}</script>'
    f"<h2>{OPEN}</h2><p>Something else.</p>",
    "around": "<nav><h2>Why not?</h2>x</nav><style>h2 {}</style><script>'<h2>b?</h2>'</script>"
    f"<h2>{OPEN}</h2>At nine.<h2>{WHERE}</h2>Main Street.<footer>Who made this?</footer>",
    "word": f"<![if !supportLists]><p class=MsoNormal><b>{OPEN}<o:p></o:p></b></p><p>At nine."
    f"<![endif]><p><b>{WHERE}</b></p><p>Main Street.",
}


@pytest.mark.parametrize("way", PAGES)
def test_a_page_of_questions_is_read(way: str, tmp_path: Path) -> None:
    page = f"<!DOCTYPE html>\n<html><head><title>FAQ?</title></head>{PAGES[way]}</html>"
    imported = read(tmp_path, {"faq.html": page})
    assert imported.format == "FAQ page"
    assert [*content(imported).values()] == ANSWERS
    assert notes(imported) == []


def test_json_ld_by_itself_is_read_whatever_the_words_of_a_question(tmp_path: Path) -> None:
    page = json.loads(json.dumps(DESCRIBED).replace(OPEN, "Opening hours"))["@graph"][1]
    imported = read(tmp_path, {"faq.json": {"@context": "https://schema.org", **page}})
    assert [*content(imported).values()] == [(["Opening hours"], ["At nine."]), ANSWERS[1]]
    assert notes(imported) == []


def test_markdown_with_details_is_read(tmp_path: Path) -> None:
    page = (
        f"# FAQ\n\nWelcome.\n\n<details>\n<summary><b>{OPEN}</b></summary>\n\nAt nine.\n\n"
        f"</details>\n\n## {WHERE}\n\nMain Street.\n"
    )
    imported = read(tmp_path, {"faq.md": page})
    assert [*content(imported).values()] == ANSWERS
    assert notes(imported) == ["sections whose heading is no question were left out (1): FAQ"]


def test_lists_links_and_code_in_an_answer_stay_readable(tmp_path: Path) -> None:
    page = (
        f"<html><h2>{OPEN}</h2><ul><li>Monday <li>Tuesday</ul><p>See "
        '<a href="https://x.org/map">the map</a>.</p>'
        f"<h2>How do I write bold?</h2><pre>&lt;b&gt;</pre></html>"
    )
    (opened, bold) = content(read(tmp_path, {"faq.html": page})).values()
    assert opened[1] == ["- Monday\n- Tuesday\nSee the map (https://x.org/map)."]
    assert bold[1] == ["<b>"]


def test_what_a_page_has_beside_its_questions_is_noted(tmp_path: Path) -> None:
    page = f"<html>{PAGES['headings']}<h2>Contact</h2>Write to us.<h2>Why so?</h2></html>"
    assert notes(read(tmp_path, {"faq.html": page})) == [
        "sections whose heading is no question were left out (1): Contact",
        "questions without an answer were left out (1): Why so?",
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<h1>My blog</h1><p>Hello.</p><h2>News</h2><p>x</p>",
        "<h1>Why?</h1><h2>What is it?</h2>",
        "<dl><dt>Author</dt><dd>Me</dd><dt>Date</dt><dd>Today</dd></dl>",
        '<script type="application/ld+json">{"@type": "FAQPage",}</script>',
    ],
)
def test_a_page_without_answers_says_so(page: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="web page, and no questions with answers were found"):
        read(tmp_path, {"page.html": f"<!doctype html><html><body>{page}</body></html>"})


def test_a_page_beside_an_intents_file_is_not_read(tmp_path: Path) -> None:
    intents = {"intents": [{"tag": "a", "patterns": ["hi"], "responses": ["Hi!"]}]}
    imported = read(tmp_path, {"faq.html": PAGES["headings"], "intents.json": intents})
    assert [*content(imported)] == ["a"]
    assert "other files were not read: they are not intents.json (1): faq.html (FAQ page)" in notes(
        imported
    )


@pytest.mark.parametrize(
    "piece",
    ["<a ", "<!--", "<", "</", "<![", "<a b=", '<a b="', "&", "<!", "<?", "<div>", "<b>", "<h2>a?",
     "<summary>", "<table><tr><td>", "<script>", "<div class=question>", "# a\n", "&#", "<a b='"],
)  # fmt: skip
def test_a_page_made_to_take_for_ever_is_done_at_once(piece: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><details><summary>" + piece * (1_000_000 // len(piece)))
    start = time.process_time()
    try:
        formats.read(page)
    except IntentsError as error:
        assert len(str(error)) < 2_000
    assert time.process_time() - start < 10  # up to 4 s; what is quadratic takes minutes
