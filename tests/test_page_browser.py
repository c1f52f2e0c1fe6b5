"""The page of `--format html` in a browser, where there is one: clicked, typed into, sorted, darkened, and silent."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from page_articles import COUNCIL, FERRY, HOSTILE, NOTHING
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
    return texts(page, f"#table tbody .{name}")


def test_clicking_a_speaker(visit: Any) -> None:
    page = visit(COUNCIL, FERRY, NOTHING)
    assert len(column(page, "quote")) == 14
    names = texts(page, ".speaker .name")
    assert names[0] == "Ana Ortiz"
    assert names[-1] == "unknown speaker"
    click(page, ".speaker")
    assert set(column(page, "name")) == {"Ana Ortiz"}
    assert texts(page, "#status") == ["Showing 3 of 14 quotations in 2 of 3 articles: Ana Ortiz"]
    assert texts(page, "#index td.count") == ["2", "1"]
    assert len(texts(page, "mark:not(.off)")) == 3
    assert texts(page, ".tag") == ["AO"] * 3
    click(page, ".speaker", 1)
    assert set(column(page, "name")) == {"Ana Ortiz", "Ben Adeyemi"}
    click(page, "#everyone")
    assert len(column(page, "quote")) == 14
    assert texts(page, "#status") == [""]


def test_a_speaker_has_an_address(visit: Any) -> None:
    page = visit(COUNCIL, FERRY, hash="#speaker-1")
    assert set(column(page, "name")) == {"Ben Adeyemi"}


def test_the_few_articles_that_a_filter_leaves_are_opened(visit: Any) -> None:
    page = visit(*[COUNCIL] * 4, FERRY)
    assert texts(page, ".text p") == []
    click(page, "#speakers button")  # in more than three
    assert texts(page, ".text p") == []
    click(page, "#speakers button")
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
    click(page, "#card a")
    assert page.execute_script("return location.hash") == "#r1-4"


def test_numbers_lead_to_the_text_also_where_it_is_folded(visit: Any) -> None:
    page = visit(COUNCIL, FERRY, NOTHING, COUNCIL)
    assert texts(page, ".text p") == []
    click(page, "#table tbody td.id a", 12)
    assert "It pays for itself" in " ".join(texts(page, ".text p"))
    assert page.execute_script("return document.querySelector('mark.lit').id") == "q2-1"


def test_planted_scripts_stay_text(visit: Any) -> None:
    page = visit(HOSTILE, COUNCIL)
    page.execute_script("document.querySelectorAll('.tag')[0].focus()")
    assert page.title == "Quotations of 2 articles · quotes"
    page = visit(HOSTILE)
    assert page.title == "</title><script>document.title='title'</script> · quotes"
    assert page.execute_script("return document.querySelectorAll('script, img, svg:not(.bar), b').length") == 1
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
