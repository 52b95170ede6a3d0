"""Checks the page of classify report in headless Chromium.

    python check.py CLASSIFY WORK [SCREENSHOTS]

publishes the labelled samples as eleven runs under WORK, makes the page, and
opens it at three widths, light and dark: no console error, no request, no
horizontal scroll, no serious fault that axe-core finds, and the numbers that
DuckDB counts in the Parquet. With SCREENSHOTS it writes pictures there.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[2] / "datasets" / "sample"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
faults = []


def expect(ok, what):
    if not ok:
        faults.append(what)
        print("FAULT", what)


def publish(classify, out):
    for i in range(1, 12):
        subprocess.run([classify, str(SAMPLE / f"labelled-{i}.jsonl"), "--out", out, "--date", f"2026-03-{18 + i}", "-q"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def counted(out):
    """A story speaks once for a country and topic, through its first row."""
    import duckdb
    return {(c, t): (n, mean, s, k) for c, t, n, mean, s, k in duckdb.sql(f"""
        with speaks as (
            select *, row_number() over (partition by country, topic, dup_group_id order by run_date, filename, file_row_number) as nth
            from read_parquet('{out}/stance/v1/*/*.parquet', filename=true, file_row_number=true) where stance is not null)
        select country, topic, count(*), avg(stance_score), count_if(stance = 'supportive'), count_if(stance = 'critical')
        from speaks where nth = 1 group by all""").fetchall()}


def check_numbers(page, out):
    want = counted(out)
    rows = page.evaluate("""[...document.querySelectorAll('[data-name=stances] tbody tr')].map(r =>
        [r.dataset.c, r.dataset.t, r.cells[2].dataset.csv, r.cells[4].textContent, r.cells[5].dataset.csv])""")
    expect(len(rows) == min(len(want), 400), f"{len(rows)} rows on the page, {len(want)} pairs in the Parquet")
    for code, topic, mean, stories, shares in rows:
        n, score, supportive, critical = want[code, topic]
        got = (int(stories), float(mean.split(",")[0]), int(shares.split(",")[0]), int(shares.split(",")[2]))
        expect(got[0] == n and abs(got[1] - score) < 6e-5 and got[2:] == (supportive, critical), f"{code} {topic}: page {got}, Parquet {want[code, topic]}")
    lines = page.evaluate("data.lines.map(l => [l.c, l.t, l.p.reduce((n, p) => n + p[4], 0)])")
    for code, topic, n in lines:
        expect(n == want[code, topic][0], f"line of {code} {topic} has {n} stories, Parquet {want[code, topic][0]}")
    tiles = page.evaluate("data.pairs.map(p => [p.c, p.t, p.m, p.n])")
    for code, topic, mean, n in tiles:
        expect(n == want[code, topic][0] and abs(mean - want[code, topic][1]) < 6e-5, f"map of {code} {topic}")


def check_use(page, url):
    """Sorting, searching, links and CSV, by keyboard where a person would."""
    page.locator("[data-name=stances] thead button", has_text="stories").focus()
    for way in ("descending", "ascending"):
        page.keyboard.press("Enter")
        shown = page.evaluate("[...document.querySelectorAll('[data-name=stances] tbody tr')].map(r => +r.cells[4].textContent)")
        expect(shown == sorted(shown, reverse=way == "descending"), f"not {way} by stories: {shown[:5]}")
        expect(page.locator(f"[data-name=stances] th[aria-sort={way}]").count() == 1, f"aria-sort does not say {way}")
    page.goto(url + "#country=JPN&topic=taiwan")
    page.reload()
    codes = page.evaluate("[...document.querySelectorAll('[data-name=stances] tbody tr:not(.off)')].map(r => r.dataset.c + r.dataset.t)")
    expect(codes == ["JPNtaiwan"], f"the link shows {codes}")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save stances as CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    expect(len(text) == 2 and text[0].startswith("code,country,topic,mean,low,high,stories") and text[1].startswith("JPN,Japan,taiwan,"), f"CSV {text}")
    expect(page.locator("#charts figure").count() == 1, "one line is drawn")
    page.get_by_role("button", name="Clear").click()
    page.wait_for_timeout(100)
    expect("country" not in page.url, "Clear empties the address")


def look(browser, url, width, scheme, axe, shots):
    context = browser.new_context(viewport={"width": width, "height": 1000}, color_scheme=scheme, accept_downloads=True)
    page = context.new_page()
    said, asked = [], []
    page.on("console", lambda m: said.append(m.text))
    page.on("pageerror", lambda e: said.append(str(e)))
    page.on("request", lambda r: asked.append(r.url))
    page.goto(url)
    where = f"{width} px, {scheme}"
    asked = [a for a in asked if a != url]
    expect(not said, f"{where}: console {said}")
    expect(not asked, f"{where}: requests {asked}")
    wide = page.evaluate("document.documentElement.scrollWidth")
    expect(wide <= width, f"{where}: the page is {wide} px wide")
    for fault in axe.run(page).response["violations"]:
        if fault["impact"] in ("serious", "critical"):
            expect(False, f"{where}: {fault['id']}: {fault['help']}: {fault['nodes'][0]['html'][:200]} ({len(fault['nodes'])})")
    if shots:
        page.screenshot(path=str(shots / f"report-{width}-{scheme}.png"))
    return context, page


def main():
    classify, work = os.path.abspath(sys.argv[1]), Path(sys.argv[2]).resolve()
    shots = Path(sys.argv[3]).resolve() if len(sys.argv) > 3 else None
    chromium = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
    if chromium is None:
        print("not checked: there is no Chromium here; on Debian, apt-get install chromium")
        return
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    out, file = str(work / "out"), work / "report.html"
    publish(classify, out)
    subprocess.run([classify, "report", out, "--out", str(file), "-q"], check=True)
    expect(file.stat().st_size < 1_000_000, f"the page has {file.stat().st_size} bytes, want fewer than 1,000,000")
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium, args=FLAGS)
        for width in (380, 900, 1600):
            for scheme in ("light", "dark"):
                context, page = look(browser, file.as_uri(), width, scheme, Axe(), shots)
                if (width, scheme) == (1600, "light"):
                    check_numbers(page, out)
                    check_use(page, file.as_uri())
                context.close()
        browser.close()
    if faults:
        sys.exit(f"{len(faults)} faults")
    print(f"report page: {file.stat().st_size} bytes, three widths, light and dark, no fault")


main()
