// SPDX-License-Identifier: Apache-2.0
import Explanations
public import Insights
import Reports
import Vocabulary

/// The findings as one page that needs nothing else: no network, no server, no other file.
///
/// All of it is there without its script, which only sorts, filters and folds. Its
/// Content-Security-Policy lets no request out and runs no script but the page's own, so that a
/// user agent that holds markup stays text twice over.
public enum HTMLReport {
  /// Returns the page's bytes.
  public static func encode(_ findings: Findings) -> [UInt8] {
    var page = Markup()
    page.raw("<!DOCTYPE html>\n")
    page.element("html", ["lang": "en"]) { page in
      PageHead(title: title(of: findings)).write(to: &page)
      page.element("body") { page in
        page.element("header") { SummaryPart(findings: findings).write(to: &$0) }
        page.raw("\n")
        page.element("main") { appendInsights(of: findings, to: &$0) }
        page.raw("\n")
        page.element("footer") { CoveragePart(findings: findings).write(to: &$0) }
        page.element("script") { $0.raw(PageScript.text) }
      }
    }
    page.raw("\n")
    return page.bytes
  }

  private static func title(of findings: Findings) -> String {
    let span = CoverageText(findings.coverage).span
    return PeopleText.count(findings.insights.count, "insight")
      + (span.isEmpty ? "" : ", " + span)
  }

  /// Cards are folded from here on: a hundred pictures are no overview.
  private static let openCards = 12

  private static func appendInsights(of findings: Findings, to page: inout Markup) {
    let insights = ordered(findings.insights)
    if !insights.isEmpty {
      FilterBar(insights: insights).write(to: &page)
      PictureKey.write(to: &page)
      page.element("div", ["id": "cards", "role": "list"]) { page in
        for (rank, insight) in insights.enumerated() {
          page.raw("\n")
          InsightCard(insight: insight, isOpen: rank < openCards).write(to: &page)
        }
      }
    }
    SuppressedPart(rules: findings.suppressed).write(to: &page)
  }

  /// The most severe first, the order of the other reports among equals.
  private static func ordered(_ insights: [Insight]) -> [Insight] {
    insights.enumerated().sorted { left, right in
      left.element.severity != right.element.severity
        ? left.element.severity > right.element.severity : left.offset < right.offset
    }.map(\.element)
  }
}
