// SPDX-License-Identifier: Apache-2.0
import CSV
import Foundation
import Testing
import Vocabulary

@testable import Synthesis

/// A small trail: nine days, of which the last two may have incidents.
private func smallTrail(seed: UInt64, incidentFree: Bool = false) -> SyntheticTrail {
  var options = SynthesisOptions(seed: seed)
  options.days = 9
  options.seriesCount = 30
  options.eventTarget = 12_000
  options.incidentFree = incidentFree
  return SyntheticTrail(options: options)
}

private typealias Record = [String: Any]

private func records(_ trail: SyntheticTrail) throws -> [Record] {
  var records: [Record] = []
  try trail.writePlainFiles { _, bytes in
    let file = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? Record)
    records += try #require(file["Records"] as? [Record])
  }
  return records
}

@Suite struct SyntheticTrailTests {
  @Test("Equal options give equal bytes, another seed gives others")
  func determinism() {
    func files(_ seed: UInt64) -> [[UInt8]] {
      let trail = smallTrail(seed: seed)
      var files = [trail.labelsCSV(), trail.luresCSV()]
      trail.writeFiles { files += [Array($0.utf8), $1] }
      return files
    }
    let first = files(1)
    #expect(first == files(1))
    #expect(first != files(2))
  }

  @Test("Every record is JSON with the fields that readers rely on")
  func fields() throws {
    let found = try records(smallTrail(seed: 3))
    #expect((8_000...16_000).contains(found.count), "\(found.count) events")
    var lacking = 0
    for record in found {
      for name in [
        "eventVersion", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress",
        "userAgent", "requestID", "eventID", "eventType", "recipientAccountId",
      ] {
        #expect(record[name] is String, "\(name)")
      }
      #expect(record["userIdentity"] is Record)
      #expect(Timestamp(rfc3339: record["eventTime"] as? String ?? "") != nil)
      lacking += record["readOnly"] == nil ? 1 : 0
    }
    #expect((1...found.count / 100).contains(lacking))
  }

  @Test("About one event in two hundred comes twice, as the same record")
  func duplicates() throws {
    let calls = try records(smallTrail(seed: 4)).filter { $0["addendum"] == nil }
    let copies = Dictionary(grouping: calls) { $0["eventID"] as? String ?? "" }
    let twice = copies.values.filter { $0.count == 2 }
    #expect(copies.values.allSatisfy { $0.count <= 2 })
    #expect((calls.count / 500...calls.count / 80).contains(twice.count), "\(twice.count)")
    for pair in twice { #expect(NSDictionary(dictionary: pair[0]) == pair[1] as NSDictionary) }
  }

  @Test("The records of a series are as many as its counts say, minute by minute")
  func countsAgree() throws {
    let trail = smallTrail(seed: 5)
    var found: [SeriesKey: [Int: Int]] = [:]
    for record in unique(try records(trail)) {
      let time = try #require(Timestamp(rfc3339: record["eventTime"] as? String ?? ""))
      for key in keys(record) {
        found[key, default: [:]][time.minute - trail.firstMinute, default: 0] += 1
      }
    }
    for (index, series) in trail.series.enumerated() {
      var expected: [Int: Int] = [:]
      for (minute, count) in trail.counts(ofSeries: index).enumerated() where count > 0 {
        expected[minute] = count
      }
      #expect(found[series.key] ?? [:] == expected, "\(series.family) \(series.key.eventName)")
    }
  }

  @Test("Paths are those of CloudTrail in S3, each once, with delivery times after the events")
  func paths() throws {
    let pattern =
      #/
      AWSLogs/\d{12}/CloudTrail/[a-z0-9-]+/\d{4}/\d\d/\d\d/
      \d{12}_CloudTrail_[a-z0-9-]+_\d{8}T\d{4}Z_[A-Za-z0-9]{16}\.json\.gz
      /#
    var seen: Set<String> = []
    smallTrail(seed: 6).writePlainFiles { path, _ in
      #expect(path.wholeMatch(of: pattern) != nil, "\(path)")
      #expect(seen.insert(path).inserted)
    }
    #expect(seen.count > 20)
  }

  @Test("The labels' table has a row for each incident, none in the first week")
  func labelTable() {
    let trail = smallTrail(seed: 7)
    var reader = CSVReader(trail.labelsCSV())
    let header = reader.next()
    #expect(header?.prefix(2) == ["insight_type", "recipient_account_id"])
    #expect(header?.suffix(2) == ["family", "culprit_arn"])
    var rows = 0
    while let row = reader.next() {
      rows += 1
      #expect(row.count == 11)
      #expect(row[7] >= "2026-01-12T00:00:00Z" && row[7] < row[8])
      #expect(row[10].hasPrefix("arn:aws:"))
    }
    #expect(rows == trail.labels.count && rows > 0)
  }

  @Test("Without incidents there are no labels, and the rest is as the law has it")
  func incidentFree() {
    let trail = smallTrail(seed: 8, incidentFree: true)
    #expect(trail.labels.isEmpty)
    #expect(trail.labelsCSV().count { $0 == 10 } == 1)
  }

  /// The first of each identifier; addenda replace calls and are none.
  private func unique(_ records: [Record]) -> [Record] {
    var seen: Set<String> = []
    return records.filter {
      $0["addendum"] == nil && seen.insert($0["eventID"] as? String ?? "").inserted
    }
  }

  /// The series that a record counts for, with its category and kind guessed where it is old.
  private func keys(_ record: Record) -> [SeriesKey] {
    func text(_ name: String) -> String { record[name] as? String ?? "" }
    let calls = SeriesKey(
      recipientAccountID: text("recipientAccountId"), awsRegion: text("awsRegion"),
      eventCategory: record["eventCategory"] as? String ?? "Management",
      eventSource: text("eventSource"), eventName: text("eventName"), insightType: .apiCallRate)
    let looksReadOnly = ["Get", "List", "Describe", "Head"].contains {
      calls.eventName.hasPrefix($0)
    }
    let isReadOnly = record["readOnly"] as? Bool ?? looksReadOnly
    var errors = calls
    errors.insightType = .apiErrorRate
    errors.errorCode = text("errorCode")
    return (isReadOnly && calls.eventCategory == "Management" ? [] : [calls])
      + (errors.errorCode.isEmpty ? [] : [errors])
  }
}
