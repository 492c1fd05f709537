# SPDX-License-Identifier: Apache-2.0
"""Opens a page in headless Chromium and says what happened, as one JSON object.

    browser.py PAGE [--width N] [--height N] [--dark] [--shot FILE] [--pdf FILE] [EXPRESSION...]

The object holds `console` (messages, errors, refusals of the page's policy), `requests` (all that
the page asked for beyond itself), `values`, one for each EXPRESSION evaluated in it, and `sheets`,
the pages of the PDF that was asked for.
Chromium is driven through its debugging pipe; nothing but Python's own library is needed.
"""

import argparse
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile


def executable():
    """The smaller of Debian's two Chromiums, or the one that is there."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


class Browser:
    """One Chromium process and one tab of it."""

    def __init__(self, profile, size):
        to_browser, from_us = os.pipe()
        to_us, from_browser = os.pipe()

        def place():
            # The protocol has fixed numbers: 3 is read, 4 is written.
            first, second = os.dup(to_browser), os.dup(from_browser)
            os.dup2(first, 3)
            os.dup2(second, 4)

        self.process = subprocess.Popen(
            [
                executable(), "--headless", "--no-sandbox", "--disable-gpu",
                "--no-first-run", "--disable-dev-shm-usage", "--disable-background-networking",
                "--remote-debugging-pipe", "--user-data-dir=" + profile,
                "--hide-scrollbars", "about:blank",
            ],
            preexec_fn=place, close_fds=False, stderr=subprocess.DEVNULL)
        self.output = os.fdopen(from_us, "wb")
        self.input = os.fdopen(to_us, "rb")
        os.close(to_browser)
        os.close(from_browser)
        self.number, self.rest, self.events, self.session = 0, b"", [], None
        tabs = self.call("Target.getTargets")["targetInfos"]
        tab = [t["targetId"] for t in tabs if t["type"] == "page"][0]
        attached = self.call("Target.attachToTarget", targetId=tab, flatten=True)
        self.session = attached["sessionId"]

    def call(self, method, **parameters):
        self.number += 1
        number = self.number
        message = {"id": number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.output.write(json.dumps(message).encode() + b"\0")
        self.output.flush()
        while True:
            answer = self.next()
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(method + ": " + answer["error"]["message"])
                return answer["result"]
            self.events.append(answer)

    def next(self):
        while b"\0" not in self.rest:
            piece = os.read(self.input.fileno(), 1 << 20)
            if not piece:
                raise RuntimeError("the browser is gone")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def wait(self, method):
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.next())

    def value(self, expression):
        result = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            return {"exception": result["exceptionDetails"].get("exception", {}).get("description")}
        return result["result"].get("value")

    def close(self):
        self.process.terminate()
        self.process.wait()


def visit(browser, options):
    for domain in ("Page", "Runtime", "Log", "Network"):
        browser.call(domain + ".enable")
    browser.call(
        "Emulation.setDeviceMetricsOverride", width=options.width, height=options.height,
        deviceScaleFactor=1, mobile=options.width < 600)
    scheme = "dark" if options.dark else "light"
    browser.call(
        "Emulation.setEmulatedMedia",
        features=[{"name": "prefers-color-scheme", "value": scheme}])
    url = "file://" + os.path.abspath(options.page)
    browser.call("Page.navigate", url=url)
    browser.wait("Page.loadEventFired")
    values = [browser.value(expression) for expression in options.expressions]
    if options.shot:
        shot = browser.call("Page.captureScreenshot", format="png")
        with open(options.shot, "wb") as file:
            file.write(base64.b64decode(shot["data"]))
    sheets = printed(browser, options.pdf) if options.pdf else 0
    return report(browser.events, url, values) | {"sheets": sheets}


def printed(browser, path):
    pdf = base64.b64decode(
        browser.call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"])
    with open(path, "wb") as file:
        file.write(pdf)
    return pdf.count(b"/Type /Page\n")


def report(events, url, values):
    console, requests = [], []
    for event in events:
        method, parameters = event.get("method"), event.get("params", {})
        if method == "Runtime.consoleAPICalled":
            console.append(str(parameters["args"]))
        elif method == "Runtime.exceptionThrown":
            console.append(str(parameters["exceptionDetails"]))
        elif method == "Log.entryAdded":
            console.append(parameters["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            target = parameters["request"]["url"]
            if target.split("#")[0] != url and not target.startswith("data:"):
                requests.append(target)
    return {"console": console, "requests": requests, "values": values}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("page")
    parser.add_argument("--width", type=int, default=1200)
    parser.add_argument("--height", type=int, default=900)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--shot")
    parser.add_argument("--pdf", help="the page as it is printed on A4")
    parser.add_argument("expressions", nargs="*")
    options = parser.parse_intermixed_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile, (options.width, options.height))
        try:
            json.dump(visit(browser, options), sys.stdout)
        finally:
            browser.close()


main()
