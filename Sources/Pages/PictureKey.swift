// SPDX-License-Identifier: Apache-2.0

/// What the colours of the pictures mean; it stands once, above the cards.
enum PictureKey {
  private static let entries = [
    ("mark", "the insight's minutes"), ("hot middle", "counts in them"), ("bar", "other counts"),
    ("band", "usual counts (998 of 1000)"), ("expected", "expected"),
    ("usual", "baseline average"),
  ]

  static func write(to page: inout Markup) {
    page.element("ul", ["class": "key"]) { page in
      for (name, text) in entries {
        page.element("li") { page in
          page.element("svg", ["viewBox": "0 0 14 10", "aria-hidden": "true"]) { page in
            switch name {
            case "mark", "band": page.path("M0 1H14V9H0z", name)
            case "expected", "usual": page.path("M0 5H14", name)
            default: page.bars("M3 9V4M10 9V1", name, width: "4")
            }
          }
          page.text(" " + text)
        }
      }
    }
  }
}
