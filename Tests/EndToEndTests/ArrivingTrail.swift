// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// A small trail as it lies in folders, and as its events might arrive one by one.
///
/// `trail/` holds the files, `arrivals` the events as JSON lines, each 0 to 14 minutes late. Some are
/// corrections, whose originals earlier runs have counted.
struct ArrivingTrail: Sendable {
  static let shared = Result { try ArrivingTrail() }
  static let seed: UInt64 = 5
  /// What each run of the laws is given.
  static let options = "--quiet --alerts-per-week 50"

  private let folder: TemporaryFolder
  /// The report of one run over all files.
  let csv: String
  /// How many lines `arrivals` has.
  let lineCount: Int

  init() throws {
    folder = try TemporaryFolder()
    let script = """
      set -e
      $TOOL generate --output trail --seed \(Self.seed) --days 10 --series 40 --events 20000 --quiet
      $TOOL detect trail/AWSLogs \(Self.options) --csv whole.csv
      find trail/AWSLogs -name '*.gz' | sort | while read -r f; do gzip -dc "$f"; echo; done > files
      """
    let run = try Tool.shell(script, in: folder)
    #expect(run.status == 0, "\(run.err)")
    csv = try folder.text("whole.csv")
    #expect(csv.split(separator: "\n").count > 8, "there is something to compare")
    let lines = try Self.arrivals(of: try folder.text("files"))
    lineCount = lines.count
    try folder.write(Array(lines.joined(separator: "\n").utf8) + [10], to: "arrivals")
  }

  /// The records of files, a file a line, in the order in which they arrive.
  private static func arrivals(of files: String) throws -> [String] {
    var generator = SeededGenerator(seed: seed)
    var arrivals: [(time: Double, line: String)] = []
    for file in files.split(separator: "\n") {
      let object = try JSONSerialization.jsonObject(with: Data(file.utf8)) as? [String: Any]
      for record in object?["Records"] as? [[String: Any]] ?? [] {
        let time = try Date(record["eventTime"] as? String ?? "", strategy: .iso8601)
        let line = try JSONSerialization.data(
          withJSONObject: record, options: [.sortedKeys, .withoutEscapingSlashes])
        let delay = Double.random(in: 0..<14 * 60, using: &generator)
        arrivals.append(
          (time.timeIntervalSince1970 + delay, String(decoding: line, as: UTF8.self)))
      }
    }
    return arrivals.sorted { $0.time < $1.time }.map(\.line)
  }

  /// A fresh folder in which `trail`, `arrivals` and `whole.csv` are at hand.
  func scratch() throws -> TemporaryFolder {
    let scratch = try TemporaryFolder()
    for name in ["trail", "arrivals", "whole.csv"] {
      try FileManager.default.createSymbolicLink(
        atPath: scratch.path + "/" + name, withDestinationPath: folder.path + "/" + name)
    }
    return scratch
  }

  /// Runs a script in a fresh folder; it must succeed.
  func check(_ script: String) throws -> TemporaryFolder {
    let folder = try scratch()
    let run = try Tool.shell("set -e\noptions='\(Self.options)'\n" + script, in: folder)
    #expect(run.status == 0, "\(run.out)\(run.err)")
    return folder
  }
}

/// The records that a stream wrote.
struct ToldRecords {
  private struct Record: Hashable {
    let series: [String]
    let id: String
    let state: String
  }

  private let records: [Record]

  /// `sharedEventID` and state, in the order of the file.
  var told: [String] { records.map { "\($0.id) \($0.state)" } }

  init(_ jsonLines: String) throws {
    records = try jsonLines.split(separator: "\n").map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
      let record = object as? [String: Any] ?? [:]
      let details = record["insightDetails"] as? [String: Any] ?? [:]
      let text = { (value: Any?) in value as? String ?? "" }
      return Record(
        series: [
          text(details["insightType"]), text(record["recipientAccountId"]),
          text(record["awsRegion"]), text(details["eventSource"]), text(details["eventName"]),
          text(details["errorCode"]),
        ], id: text(record["sharedEventID"]), state: text(details["state"]))
    }
  }

  /// Each record once; each insight of a report has a start, and an end once it is over.
  ///
  /// What was told from a part of a minute's events may begin minutes later in the report, under
  /// another identifier: then a start of its series, that no other insight has, stands for it.
  func check(against csv: String) {
    #expect(Set(records).count == records.count, "told twice: \(told)")
    let rows = csv.split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    var free = Set(records.map(\.id)).subtracting(rows.map { $0[0] })
    for row in rows {
      let series = [row[1], row[2], row[3], row[5], row[6], row[7]]
      let own = records.filter { $0.series == series && $0.state == "Start" }.map(\.id)
      guard let id = own.contains(row[0]) ? row[0] : own.first(where: free.contains) else {
        Issue.record("no start of \(row)")
        continue
      }
      free.remove(id)
      if row[8] == "ended" { #expect(told.contains("\(id) End"), "\(row)") }
    }
    let starts = Set(records.filter { $0.state == "Start" }.map(\.id))
    #expect(records.allSatisfy { starts.contains($0.id) }, "an end without a start: \(told)")
  }
}
