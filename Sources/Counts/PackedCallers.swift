// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Who made the calls of one day that is over, packed; of its last days also which events show it.
///
/// A series' cells stand one behind the other: the minutes since the last, how many entries, and
/// the caller and the count of each. A `CountHistory` of the same takes several times the memory.
struct PackedCallers: Sendable {
  private let firstMinute: Int
  private let texts: PackedTexts
  private let callers: [Caller]
  private let cells: PackedSeries
  private var evidence: PackedEvidence?

  /// Packs the counts of a day.
  ///
  /// - Parameters:
  ///   - history: counts of minutes of the day.
  ///   - day: since 1970-01-01.
  ///   - numbers: the number of each series of the history.
  init(_ history: CountHistory, day: Int, numbers: [Int]) {
    let attributions = history.attributions
    firstMinute = day * Minute.minutesPerDay
    texts = PackedTexts(attributions.texts)
    callers = attributions.callers
    let first = firstMinute
    cells = PackedSeries(history, numbers: numbers) { series, bytes in
      Self.forEachCell(history.series[series], from: first) { position, delta in
        let cell = attributions.cell(series: series, position: position)
        let entries = attributions.entries(cells: cell..<cell + 1)
        bytes.append(delta)
        bytes.append(entries.count)
        for entry in entries {
          bytes.append(Int(attributions.entryCallers[entry]))
          bytes.append(Int(attributions.entryCounts[entry]))
        }
      }
    }
    evidence = PackedEvidence(history, from: firstMinute, numbers: numbers)
  }

  /// Hands on the position of each minute of a series, and the minutes since the one before it.
  fileprivate static func forEachCell(
    _ counts: SeriesCounts, from first: Int, _ body: (_ position: Int, _ delta: Int) -> Void
  ) {
    var last = first
    for (position, minute) in counts.minutes.enumerated() {
      body(position, Int(minute) - last)
      last = Int(minute)
    }
  }

  /// Returns the events of each value of each attribute of a series in some minutes.
  func values(of series: Int, in minutes: Range<Int>) -> [Attribute: [String: Int]] {
    // By caller first: a caller makes many calls, and each has five attributes.
    var calls = [Int](repeating: 0, count: callers.count)
    var reader = cells.reader(of: series)
    var minute = firstMinute
    while !reader.isAtEnd {
      minute += reader.number()
      for _ in 0..<reader.number() {
        let (caller, count) = (reader.number(), reader.number())
        if minutes.contains(minute) { calls[caller] += count }
      }
    }
    var sums: [Attribute: [UInt32: Int]] = [:]
    for (caller, count) in zip(callers, calls) where count != 0 {
      for attribute in Attribute.allCases where caller[attribute] != Caller.unknown {
        sums[attribute, default: [:]][caller[attribute], default: 0] += count
      }
    }
    return sums.mapValues { counts in
      Dictionary(
        counts.lazy.filter { $0.value > 0 }.map { (texts[Int($0.key)], $0.value) },
        uniquingKeysWith: +)
    }
  }

  /// Returns the events that show the calls of a series in some minutes, the earliest first.
  func evidence(of series: Int, in minutes: Range<Int>) -> [EvidenceEvent] {
    evidence?.events(of: series, in: minutes, from: firstMinute) ?? []
  }

  /// Forgets which events show the calls: most of a day's memory.
  mutating func dropEvidence() { evidence = nil }
}

/// Which events show the calls of a day.
private struct PackedEvidence: Sendable {
  private let cells: PackedSeries
  private let files: [String]
  private let longEventIDs: [EventID: String]

  init(_ history: CountHistory, from first: Int, numbers: [Int]) {
    let attributions = history.attributions
    files = attributions.files
    longEventIDs = attributions.longEventIDs
    cells = PackedSeries(history, numbers: numbers) { series, bytes in
      PackedCallers.forEachCell(history.series[series], from: first) { position, delta in
        let events = attributions.events(series: series, position: position)
        bytes.append(delta)
        bytes.append(events.count)
        for event in events {
          bytes.append(bits: event.id.high)
          bytes.append(bits: event.id.low)
          bytes.append(Int(event.file) + 1)
        }
      }
    }
  }

  func events(of series: Int, in minutes: Range<Int>, from first: Int) -> [EvidenceEvent] {
    var events: [EvidenceEvent] = []
    var reader = cells.reader(of: series)
    var minute = first
    while !reader.isAtEnd {
      minute += reader.number()
      for _ in 0..<reader.number() {
        let id = EventID(high: reader.bits(), low: reader.bits())
        let file = reader.number() - 1
        guard minutes.contains(minute), let text = id.text ?? longEventIDs[id] else { continue }
        events.append(
          EvidenceEvent(eventID: text, file: files.indices.contains(file) ? files[file] : ""))
      }
    }
    return events
  }
}

/// Bytes of each series, by its number.
private struct PackedSeries: Sendable {
  private var bytes = Varints()
  /// Where those of each series begin, and behind the last one all end.
  private var starts: [Int] = []

  /// Packs the series of a history, in the order of their numbers.
  init(
    _ history: CountHistory, numbers: [Int],
    pack: (_ series: Int, _ bytes: inout Varints) -> Void
  ) {
    starts.reserveCapacity((numbers.max() ?? -1) + 2)
    for (series, number) in numbers.enumerated().sorted(by: { $0.element < $1.element }) {
      while starts.count <= number { starts.append(bytes.bytes.count) }
      pack(series, &bytes)
    }
    starts.append(bytes.bytes.count)
    bytes.close()
  }

  func reader(of series: Int) -> Varints.Reader {
    guard series + 1 < starts.count else { return bytes.reader(of: 0..<0) }
    return bytes.reader(of: starts[series]..<starts[series + 1])
  }
}
