// SPDX-License-Identifier: Apache-2.0
import CSV
import Insights
import TestSupport
import Testing

@testable import Reports

/// Whole reports against recorded ones, and laws that every report keeps.
@Suite struct GoldenReportTests {
  @Test func `the CSV report`() {
    expect(CSVReport.encode(SampleFindings.all), is: "insights.csv")
  }

  @Test func `the JSON report`() {
    expect(JSONReport.encode(SampleFindings.all), is: "insights.jsonl")
  }

  @Test func `the coverage report`() {
    expect(CoverageReport.encode(SampleFindings.all), is: "coverage.json")
  }

  @Test(arguments: [40, 60, 80, 120, 200])
  func `the table for people`(width: Int) {
    let table = TableReport(width: width, isColored: false)
    expect(table.encode(SampleFindings.all), is: "table-\(width).txt")
  }

  @Test func `the table in colour`() {
    let table = TableReport(width: 120, isColored: true).encode(SampleFindings.all)
    let visible = String(decoding: table, as: UTF8.self)
      .split(separator: "\u{1B}", omittingEmptySubsequences: false).joined(separator: "ESC")
    expect(Array(visible.utf8), is: "table-colour.txt")
  }

  @Test func `the table without insights`() {
    let table = TableReport(width: 80, isColored: false)
    expect(table.encode(SampleFindings.none), is: "table-none.txt")
  }

  @Test(arguments: 40...220)
  func `no line of a table is wider than the terminal`(width: Int) {
    let bytes = TableReport(width: width, isColored: false).encode(SampleFindings.all)
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      #expect(displayWidth(String(line)) <= width, "\(line)")
    }
  }

  @Test func `no report lets a control character through`() {
    let reports = [
      TableReport(width: 120, isColored: false).encode(SampleFindings.all),
      JSONReport.encode(SampleFindings.all), CoverageReport.encode(SampleFindings.all),
    ]
    for report in reports {
      let text = String(decoding: report, as: UTF8.self)
      #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }
  }

  @Test func `the order in which insights are given does not matter`() {
    let findings = SampleFindings.all
    let turned = Findings(
      insights: findings.insights.reversed(), coverage: findings.coverage, alertsPerWeek: 1)
    #expect(CSVReport.encode(turned) == CSVReport.encode(findings))
    #expect(JSONReport.encode(turned) == JSONReport.encode(findings))
    let table = TableReport(width: 120, isColored: true)
    #expect(table.encode(turned) == table.encode(findings))
  }

  @Test func `every CSV row has every column`() {
    var reader = CSVReader(CSVReport.encode(SampleFindings.all))
    var rows = 0
    while let row = reader.next() {
      #expect(row.count == CSVReport.columns.count)
      rows += 1
    }
    #expect(rows == 6)
  }

  @Test func `every JSON report is lines of JSON`() throws {
    let bytes = JSONReport.encode(SampleFindings.all)
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == 9)
    for line in lines { #expect(isJSONObject(Array(line))) }
    #expect(isJSONObject(CoverageReport.encode(SampleFindings.all)))
  }

  private func expect(_ report: [UInt8], is name: String) {
    let difference = Snapshot.difference(
      of: String(decoding: report, as: UTF8.self), from: "Reports/\(name)")
    #expect(difference == nil)
  }
}
