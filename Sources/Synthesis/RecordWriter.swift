// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// One call that a trail records, before it is written.
struct SyntheticEvent: Sendable {
  /// Seconds since 1970.
  var time: Int
  var series: Int
  /// Index of the caller in the account.
  var caller: Int
  /// The series whose error code it carries; -1 for success.
  var errorSeries: Int
  /// Everything else in the record follows from it, so that a duplicate is the same record.
  var identity: UInt64
  /// Whether the record corrects an earlier one with the same identity.
  var isCorrection = false
}

/// Writes CloudTrail records as JSON bytes, from parts that are made once.
struct RecordWriter {
  private let callers: [CallerParts]
  /// By index of the series; `nil` for those of other sources.
  private let series: [SeriesParts?]
  var bytes: [UInt8] = []

  init(_ plan: SeriesPlan, source: Int) {
    callers = plan.callers[plan.sources[source].account].map(CallerParts.init)
    series = zip(plan.series, plan.sourceIndices).map { $1 == source ? SeriesParts($0) : nil }
  }

  /// Returns a log file with the events' records, in their order.
  mutating func file(_ events: [SyntheticEvent]) -> [UInt8] {
    bytes.removeAll(keepingCapacity: true)
    put("{\"Records\":[")
    for event in events {
      if let parts = series[event.series] { write(event, parts) }
      put(",")
    }
    bytes.removeLast()
    put("]}")
    return bytes
  }

  private mutating func write(_ event: SyntheticEvent, _ parts: SeriesParts) {
    var random = SeededGenerator(seed: event.identity)
    // Versions before 1.07 know no category.
    let isOld = parts.canBeOld && random.chance(0.002)
    put("{\"eventVersion\":\"1.")
    put(isOld ? "05" : Self.versions[random.integer(below: 4)])
    put("\",\"userIdentity\":{")
    writeIdentity(event, &random)
    put("},\"eventTime\":\"")
    putTime(event.time)
    bytes += parts.names
    bytes += callers[event.caller].origin
    if event.errorSeries >= 0 { bytes += series[event.errorSeries]?.error ?? [] }
    bytes += parts.parameters
    writePayload(hasResponse: parts.hasResponse && event.errorSeries < 0, &random)
    writeIdentifiers(isCorrection: event.isCorrection, &random)
    bytes += isOld ? parts.oldEnd : parts.end
  }

  private static let versions = ["08", "09", "10", "11"]
  private static let teams = ["platform", "data", "web", "payments"]

  private mutating func writeIdentity(
    _ event: SyntheticEvent, _ random: inout SeededGenerator
  ) {
    let parts = callers[event.caller]
    let session = parts.sessions[random.integer(below: parts.sessions.count)]
    bytes += parts.beforePrincipalSession
    bytes += session
    bytes += parts.beforeSession
    bytes += session
    bytes += parts.afterSession
    guard !parts.beforeCreation.isEmpty else { return }
    bytes += parts.beforeCreation
    putTime(event.time - 60 * random.integer(1, 50))
    put("\",\"mfaAuthenticated\":\"false\"}}")
  }

  private mutating func writePayload(hasResponse: Bool, _ random: inout SeededGenerator) {
    putHex(random.next(), digits: 4)
    put("\",\"clientToken\":\"")
    putGUID(&random)
    put("\",\"tagSet\":{\"items\":[{\"key\":\"team\",\"value\":\"")
    put(Self.teams[random.integer(below: 4)])
    put("\"},{\"key\":\"stage\",\"value\":\"production\"}]},\"maxResults\":100},")
    guard hasResponse else {
      put("\"responseElements\":null,")
      return
    }
    put("\"responseElements\":{\"requestId\":\"")
    putGUID(&random)
    put("\",\"resource\":{\"status\":{\"code\":0,\"name\":\"pending\"},\"id\":\"r-0")
    putHex(random.next(), digits: 16)
    put("\",\"owner\":\"self\",\"return\":true}},")
  }

  /// A correction has an identifier of its own and names the one that it corrects.
  private mutating func writeIdentifiers(
    isCorrection: Bool, _ random: inout SeededGenerator
  ) {
    put("\"requestID\":\"")
    putGUID(&random)
    put("\",\"eventID\":\"")
    let original = bytes.count
    putGUID(&random)
    if isCorrection {
      let corrected = bytes[original...]
      bytes.removeLast(36)
      putGUID(&random)
      put("\",\"addendum\":{\"reason\":\"UPDATED_DATA\",")
      put("\"updatedFields\":\"responseElements\",\"originalEventID\":\"")
      bytes += corrected
      put("\"}")
    } else {
      put("\"")
    }
    put(",")
  }
}
