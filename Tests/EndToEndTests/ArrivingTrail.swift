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
  /// `sharedEventID` and state, in the order of the file.
  let told: [String]

  init(_ jsonLines: String) throws {
    told = try jsonLines.split(separator: "\n").map { line in
      let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      let details = record?["insightDetails"] as? [String: Any]
      return "\(record?["sharedEventID"] ?? "") \(details?["state"] ?? "")"
    }
  }

  /// Each record once; each insight of a report has a start, and an end once it is over.
  ///
  /// What was told early may begin minutes later in the report, under another identifier, where a
  /// kill left a part of its events for later: `mayMove` then asks for as many, not for the same.
  func check(against csv: String, mayMove: Bool = false) {
    #expect(Set(told).count == told.count, "told twice: \(told)")
    guard !mayMove else {
      let rows = csv.split(separator: "\n").count - 1
      #expect(told.count { $0.hasSuffix(" Start") } >= rows, "\(told)")
      return
    }
    for row in csv.split(separator: "\n").dropFirst() {
      let cells = row.split(separator: ",", omittingEmptySubsequences: false)
      #expect(told.contains("\(cells[0]) Start"), "\(row)")
      if cells[8] == "ended" { #expect(told.contains("\(cells[0]) End"), "\(row)") }
    }
  }
}
