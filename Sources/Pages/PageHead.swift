// SPDX-License-Identifier: Apache-2.0

/// What stands before the page's body: its policy, title and style.
struct PageHead {
  let title: String

  func write(to page: inout Markup) {
    page.element("head") { page in
      page.begin("meta", ["charset": "utf-8"])
      page.begin("meta", ["http-equiv": "Content-Security-Policy", "content": Self.policy])
      page.begin(
        "meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
      page.begin("meta", ["name": "referrer", "content": "no-referrer"])
      // Without it, a browser asks the page's server for an icon.
      page.begin("link", ["rel": "icon", "href": "data:,"])
      page.element("title", text: "TrailInsights: " + title)
      page.element("style") { $0.raw(PageStyle.text) }
    }
    page.raw("\n")
  }

  /// Nothing may be loaded or sent; the one script and the one style are named by their hashes.
  static let policy = [
    "default-src 'none'", "img-src data:",
    "style-src 'sha256-\(base64SHA256(Array(PageStyle.text.utf8)))'",
    "script-src 'sha256-\(base64SHA256(Array(PageScript.text.utf8)))'",
    "base-uri 'none'", "form-action 'none'",
  ].joined(separator: "; ")
}
