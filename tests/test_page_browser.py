"""The page of `--format html` in a browser, where there is one: clicked, typed into, sorted, darkened, and silent."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from page_articles import COUNCIL, FERRY, HOSTILE, NOTHING, article
from test_export import render


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    program = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip("no Chromium with its chromedriver on this machine")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1200,900",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield started
    started.quit()


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """Opens articles as a page; in the end nothing but that file was asked for, and the console is silent."""
    path = tmp_path / "page.html"

    def open_page(*articles: Any, hash: str = "") -> Any:
        render("html", list(articles), target=str(path))
        browser.get_log("performance"), browser.get_log("browser")
        browser.get(path.as_uri() + hash)
        return browser

    yield open_page
    assert browser.get_log("browser") == []
    asked = [re.search(r'"url":"([^"]*)"', entry["message"])[1] for entry in browser.get_log("performance")
             if '"Network.requestWillBeSent"' in entry["message"]]  # fmt: skip
    assert {url.partition("#")[0] for url in asked if not url.startswith("data:,")} == {path.as_uri()}
    browser.execute_script("try { localStorage.clear() } catch {}")


def texts(page: Any, selector: str) -> list[str]:
    script = """return Array.from(document.querySelectorAll(arguments[0]))
        .filter(e => e.checkVisibility()).map(e => e.innerText.trim())"""
    return page.execute_script(script, selector)


def click(page: Any, selector: str, number: int = 0) -> None:
    element = page.find_elements("css selector", selector)[number]
    page.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
    element.click()


def column(page: Any, name: str) -> list[str]:
    """Cells of the table, which is not laid out before it comes into sight."""
    script = """return Array.from(document.querySelectorAll(arguments[0]))
        .filter(e => e.checkVisibility()).map(e => e.textContent.trim())"""
    return page.execute_script(script, f"#table tbody .{name}")


def test_clicking_a_speaker(visit: Any) -> None:
    page = visit(COUNCIL, FERRY, NOTHING)
    assert len(column(page, "quote")) == 14
    names = texts(page, ".speaker .name")
    assert names[-1] == "unknown speaker"
    assert texts(page, "#chosen") == []
    click(page, ".speaker", names.index("Ana Ortiz"))
    assert set(column(page, "name")) == {"Ana Ortiz"}
    assert texts(page, "#chosen-head") == ["Ana Ortiz"]
    assert texts(page, "#status") == ["3 of 14 quotations in 2 of 3 articles"]
    assert texts(page, "details.article h2") == ["The harbour wall, at last", "council/ferry.txt"]
    assert len(texts(page, ".text mark.on")) == 3
    assert texts(page, ".tag") == ["Ortiz"] * 3
    click(page, ".speaker", names.index("Ben Adeyemi"))
    assert set(column(page, "name")) == {"Ben Adeyemi"}
    page.back()
    until(lambda: texts(page, "#chosen-head"), ["Ana Ortiz"])
    click(page, "#everyone")
    assert len(column(page, "quote")) == 14
    assert texts(page, "#chosen") == []


def test_several_speakers_are_chosen_with_a_key_held(visit: Any) -> None:
    page = visit(COUNCIL)
    script = """document.querySelectorAll('.speaker')[arguments[0]]
        .dispatchEvent(new MouseEvent('click', {bubbles: true, ctrlKey: true}))"""
    page.execute_script(script, 0), page.execute_script(script, 1)
    assert set(column(page, "name")) == set(texts(page, ".speaker .name")[:2])


def test_what_a_speaker_said_comes_first_newest_first_each_in_its_sentence(visit: Any) -> None:
    ana = "{Ana Ortiz|said|Ana Ortiz}"
    told = f"It rained. Ana Ortiz said “⟦it is a wreck⟧{ana}” and left. It rained."
    old = article("old.txt", f"The old pier\n\n{told}", published="2025-01-02")
    told = f"“⟦We have no money left,⟧{ana}” said Ana Ortiz. It rained."
    new = article("new.txt", f"The new pier\n\n{told}", published="2026-01-02")
    told = f"“⟦We have no money left⟧{ana}”, Ana Ortiz said."
    again = article("again.txt", f"More of the pier\n\n{told}", published="2025-06-02")
    page = visit(old, new, again)
    click(page, ".speaker")
    assert texts(page, ".said blockquote") == [
        "“We have no money left,” said Ana Ortiz.", "Ana Ortiz said “it is a wreck” and left."]  # fmt: skip
    assert texts(page, ".said > .where") == ["The new pier · 2 January 2026", "The old pier · 2 January 2025"]
    assert texts(page, ".said summary") == ["in 2 articles"]
    assert texts(page, "#time figcaption") == ["Quotations by month, at most 1"]
    assert len(page.find_elements("css selector", "#time rect")) == 13
    click(page, ".said > .where a", 1)
    assert page.execute_script("return location.hash") == "#q1-1"
    assert texts(page, "mark.lit") == ["it is a wreck"]


def test_nearly_the_same_words_are_one_statement_with_their_differences_marked(visit: Any) -> None:
    ana, bo = "{Ana Ortiz|said|Ana Ortiz}", "{Bo Lee|said|Bo Lee}"
    words = "We will rebuild the old wall, stone by stone"
    told = [(words, ana), (words, ana), (words.replace("will", "would"), ana), (words, bo)]
    page = visit(*(
        article(f"{number}.txt", f"The wall, part {number}\n\n“⟦{said}⟧{who}”, {who[1:-1].split('|')[0]} said.")
        for number, (said, who) in enumerate(told, 1)
    ))  # fmt: skip
    click(page, ".speaker")
    assert texts(page, ".said blockquote") == [f"“{words}”, Ana Ortiz said."]
    assert texts(page, ".said summary") == ["in 3 articles", "elsewhere said by Bo Lee"]
    click(page, ".said summary", 0)
    assert texts(page, ".wording") == ["We will would rebuild the old wall, stone by stone"]
    assert (texts(page, ".wording del"), texts(page, ".wording ins")) == (["will"], ["would"])
    assert texts(page, ".said details .where") == ["The wall, part 2", "The wall, part 3"]
    click(page, ".said summary", 1)
    assert texts(page, ".wording")[1:] == [words]
    page.execute_script(
        "const s = document.getElementById('search'); s.value = 'would'; s.dispatchEvent(new Event('input'))"
    )
    until(lambda: texts(page, ".said blockquote"), [f"“{words.replace('will', 'would')}”, Ana Ortiz said."])


def test_a_choice_has_an_address(visit: Any) -> None:
    page = visit(COUNCIL, FERRY, hash="#speaker=Ben+Adeyemi&find=asked")
    assert set(column(page, "name")) == {"Ben Adeyemi"}
    assert len(column(page, "quote")) == 1
    assert page.find_element("id", "search").get_attribute("value") == "asked"
    page.execute_script("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }")
    click(page, "#copy")
    assert page.execute_script("return window.copied").endswith("page.html#speaker=Ben+Adeyemi&find=asked")


def test_an_address_of_hostile_words_stays_text(visit: Any) -> None:
    page = visit(COUNCIL, hash="#speaker=%3Cimg%20src=x%20onerror=alert(1)%3E&find=%3Cscript%3E%")
    assert texts(page, "#chosen-head") == ["“<script>%”"]
    assert column(page, "quote") == []


def test_twenty_speakers_then_all_and_a_filter_over_them(visit: Any) -> None:
    text = " ".join(f"“⟦one⟧{{Speaker {letter}|said|x}}”" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    page = visit(article("a.txt", text))
    assert len(texts(page, ".speaker")) == 20
    assert texts(page, "#more-speakers") == ["Show all 26"]
    click(page, "#more-speakers")
    assert len(texts(page, ".speaker")) == 26
    page.find_element("id", "name").send_keys("speaker z")
    until(lambda: texts(page, ".speaker .name"), ["Speaker Z"])
    assert len(column(page, "quote")) == 26, "it filters the list alone"


def test_a_search_is_counted_for_each_speaker_and_marked(visit: Any) -> None:
    page = visit(COUNCIL)
    page.find_element("id", "search").send_keys("wall")
    until(lambda: texts(page, "#status"), ["2 of 12 quotations"])
    assert texts(page, "#measure") == ["by quotations that match"]
    assert dict(zip(texts(page, ".speaker .name"), texts(page, ".speaker .count"), strict=True)) == {
        "Ana Ortiz": "1", "Josefine Lund": "1"}  # fmt: skip
    assert page.execute_script("return CSS.highlights.get('found').size") >= 4
    assert page.execute_script("return document.getElementById('chosen').getBoundingClientRect().top") >= 0


def test_a_table_of_many_rows_is_drawn_by_the_hundred(visit: Any) -> None:
    page = visit(article("a.txt", " ".join(f"“⟦number {n}⟧{{Ana|said|x}}”" for n in range(250))))
    assert len(column(page, "quote")) == 100
    click(page, "#more-rows")
    click(page, "#more-rows")
    assert column(page, "quote")[-1] == "number 249"
    assert texts(page, "#more-rows") == []
    click(page, "th.id button"), click(page, "th.id button")
    assert column(page, "quote")[0] == "number 249"


def test_the_text_is_there_without_the_script(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    render("html", [COUNCIL, FERRY], target=str(path))
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(path.as_uri())
        shown = browser.find_element("css selector", "body").text
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert "stone by stone" in shown
    assert "Ana Ortiz" in shown
    assert "The table is drawn by the page's script" in shown


def test_the_few_articles_that_a_filter_leaves_are_opened(visit: Any) -> None:
    page = visit(*[COUNCIL] * 4, FERRY)
    assert texts(page, ".text p") == []
    page.find_element("id", "search").send_keys("wall")  # in more than three
    until(lambda: texts(page, "#chosen-head"), ["“wall”"])
    assert texts(page, ".text p") == []
    page.find_element("id", "search").clear()
    page.find_element("id", "search").send_keys("pays for itself")
    until(lambda: "It pays for itself" in " ".join(texts(page, ".text p")), True)


def until(read: Callable[[], Any], wanted: Any) -> None:
    """The page searches a moment after the last key: wait for it, at most five seconds."""
    deadline = time.monotonic() + 5
    while read() != wanted and time.monotonic() < deadline:
        time.sleep(0.05)
    assert read() == wanted


def test_searching(visit: Any) -> None:
    page = visit(COUNCIL)
    search = page.find_element("id", "search")
    search.send_keys("WALL rebuild")
    until(lambda: column(page, "quote"), ["We will rebuild the harbour wall, stone by stone,"])
    search.clear()
    search.send_keys("zoe")
    until(lambda: column(page, "name"), ["Zoë Brandt"])
    search.send_keys("nobody")
    until(lambda: column(page, "name"), [])
    assert texts(page, "#none")
    click(page, "#reset")
    assert len(column(page, "quote")) == 12
    click(page, "#brief")
    assert not any("at last" in text for text in texts(page, ".text p"))


def test_sorting(visit: Any) -> None:
    page = visit(COUNCIL)
    sure = column(page, "sure")
    click(page, "th.sure button")
    told = [value for value in column(page, "sure") if value]
    assert told == sorted(value for value in sure if value)
    assert column(page, "sure")[-1] == "", "unknown stands last"
    click(page, "th.sure button")
    assert [value for value in column(page, "sure") if value] == told[::-1]
    assert page.find_element("css selector", "th.sure").get_attribute("aria-sort") == "descending"
    click(page, "th.id button")
    assert column(page, "id") == [str(number) for number in range(1, 13)]
    assert len(page.find_elements("css selector", "th[aria-sort]")) == 1


def background(page: Any) -> str:
    return str(page.execute_script("return getComputedStyle(document.body).backgroundColor"))


def test_dark_and_light(visit: Any) -> None:
    page = visit(COUNCIL)
    page.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "light"}]}
    )
    assert background(page) == "rgb(255, 255, 255)"
    click(page, "#theme")
    assert background(page) == "rgb(21, 23, 28)"
    page.refresh()
    assert background(page) == "rgb(21, 23, 28)", "remembered"
    click(page, "#theme")
    assert background(page) == "rgb(255, 255, 255)"
    page.execute_script("localStorage.clear()")
    page.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    )
    page.refresh()
    assert background(page) == "rgb(21, 23, 28)", "the system's"
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_the_card_by_keyboard_and_by_pointer(visit: Any) -> None:
    from selenium.webdriver import ActionChains, Keys

    page = visit(COUNCIL)
    page.execute_script("document.querySelectorAll('.tag')[1].focus()")
    card = texts(page, "#card")[0]
    for fact in ("Ana Ortiz", "said", "quote subject cue", "0.93", "direct"):
        assert fact in card
    assert texts(page, ".cue.lit") == ["said"]
    ActionChains(page).send_keys(Keys.ESCAPE).perform()
    assert texts(page, "#card") == []
    ActionChains(page).move_to_element(page.find_elements("css selector", "mark")[2]).perform()
    assert "Ben Adeyemi" in texts(page, "#card")[0]
    click(page, "mark", 3)
    page.execute_script("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }")
    click(page, "#card button")
    assert page.execute_script("return window.copied").endswith("page.html#q1-4")


def test_numbers_lead_to_the_text_also_where_it_is_folded(visit: Any) -> None:
    page = visit(COUNCIL, FERRY, NOTHING, COUNCIL)
    assert texts(page, ".text p") == []
    click(page, "#table tbody td.id a", 12)
    assert "It pays for itself" in " ".join(texts(page, ".text p"))
    assert page.execute_script("return document.querySelector('mark.lit').id") == "q2-1"


def test_planted_scripts_stay_text(visit: Any) -> None:
    page = visit(HOSTILE, COUNCIL)
    page.execute_script("document.querySelectorAll('.tag')[0].focus()")
    assert page.title == "Who said what in 2 articles · quotes"
    page = visit(HOSTILE)
    assert page.title == "</title><script>document.title='title'</script> · quotes"
    assert page.execute_script("return document.querySelectorAll('script, img, svg:not(.bar), b').length") == 2
    page.execute_script("document.querySelectorAll('.tag')[0].focus()")
    assert "<b onmouseover" in texts(page, "#card")[0]
    assert texts(page, ".text mark")[0].startswith("<script>document.title='quote'")


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_nothing_is_wider_than_the_screen(visit: Any, width: int) -> None:
    page = visit(COUNCIL, FERRY, HOSTILE)
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    )
    try:
        assert page.execute_script("return document.documentElement.scrollWidth") <= width
        page.execute_script("document.querySelectorAll('.tag')[3].focus()")
        box = page.execute_script(
            "const b = document.getElementById('card').getBoundingClientRect(); return [b.left, b.right]"
        )
        assert 0 <= box[0] < box[1] <= width
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
