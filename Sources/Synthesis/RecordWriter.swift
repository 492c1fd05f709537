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
  private let plan: SeriesPlan
  private let source: LogSource
  private let callers: [CallerParts]
  var bytes: [UInt8] = []

  init(_ plan: SeriesPlan, _ source: LogSource) {
    self.plan = plan
    self.source = source
    callers = plan.callers[source.account].map(CallerParts.init)
  }

  /// Returns a log file with the events' records, in their order.
  mutating func file(_ events: [SyntheticEvent]) -> [UInt8] {
    bytes.removeAll(keepingCapacity: true)
    put("{\"Records\":[")
    for (index, event) in events.enumerated() {
      if index > 0 { put(",") }
      write(event)
    }
    put("]}")
    return bytes
  }

  private mutating func write(_ event: SyntheticEvent) {
    var random = SeededGenerator(seed: event.identity)
    let series = plan.series[event.series]
    // Versions before 1.07 know no category; the field readOnly may be missing in any.
    let isOld =
      series.key.eventCategory == "Management" && series.isReadOnly == series.key.looksReadOnly
      && random.chance(0.002)
    let version = isOld ? "1.05" : random.element(of: ["1.08", "1.09", "1.10", "1.11"])
    put("{\"eventVersion\":\"", version, "\",")
    writeIdentity(event, &random)
    put("\"eventTime\":\"")
    putTime(event.time)
    put("\",\"eventSource\":\"", series.key.eventSource, "\",\"eventName\":\"")
    put(series.key.eventName, "\",\"awsRegion\":\"", source.region, "\",")
    bytes += callers[event.caller].origin
    if event.errorSeries >= 0 { writeError(plan.series[event.errorSeries].key.errorCode) }
    writePayload(series, isError: event.errorSeries >= 0, &random)
    writeEnd(event, series, isOld: isOld, &random)
  }

  private mutating func writeIdentity(
    _ event: SyntheticEvent, _ random: inout SeededGenerator
  ) {
    let parts = callers[event.caller]
    let session = parts.sessions[random.integer(below: parts.sessions.count)]
    put("\"userIdentity\":{")
    bytes += parts.beforePrincipalSession
    bytes += session
    bytes += parts.beforeSession
    bytes += session
    bytes += parts.afterSession
    if !parts.beforeCreation.isEmpty {
      bytes += parts.beforeCreation
      putTime(event.time - 60 * random.integer(1, 50))
      put("\",\"mfaAuthenticated\":\"false\"}}")
    }
    put("},")
  }

  private mutating func writeError(_ code: String) {
    put("\"errorCode\":\"", code, "\",\"errorMessage\":\"", errorMessage(code), "\",")
  }

  private mutating func writePayload(
    _ series: SyntheticSeries, isError: Bool, _ random: inout SeededGenerator
  ) {
    put("\"requestParameters\":{\"resourceName\":\"arn:aws:")
    put(String(series.key.eventSource.prefix { $0 != "." }), ":", source.region, ":")
    put(source.accountID, ":resource/app-")
    putHex(random.next(), digits: 4)
    put("\",\"clientToken\":\"")
    putGUID(&random)
    put("\",\"tagSet\":{\"items\":[{\"key\":\"team\",\"value\":\"")
    put(random.element(of: ["platform", "data", "web", "payments"]))
    put("\"},{\"key\":\"stage\",\"value\":\"production\"}]},\"maxResults\":100},")
    if series.isReadOnly || isError {
      put("\"responseElements\":null,")
    } else {
      put("\"responseElements\":{\"requestId\":\"")
      putGUID(&random)
      put("\",\"resource\":{\"status\":{\"code\":0,\"name\":\"pending\"},\"id\":\"r-0")
      putHex(random.next(), digits: 16)
      put("\",\"owner\":\"", source.accountID, "\",\"return\":true}},")
    }
  }

  private mutating func writeEnd(
    _ event: SyntheticEvent, _ series: SyntheticSeries, isOld: Bool,
    _ random: inout SeededGenerator
  ) {
    let isData = series.key.eventCategory == "Data"
    put("\"requestID\":\"")
    putGUID(&random)
    put("\",\"eventID\":\"")
    writeEventID(isCorrection: event.isCorrection, &random)
    if !isOld { put(series.isReadOnly ? "\"readOnly\":true," : "\"readOnly\":false,") }
    put("\"eventType\":\"AwsApiCall\",")
    if !isOld { put(isData ? "\"managementEvent\":false," : "\"managementEvent\":true,") }
    put("\"recipientAccountId\":\"", source.accountID, "\",")
    if !isOld { put("\"eventCategory\":\"", series.key.eventCategory, "\",") }
    put("\"tlsDetails\":{\"tlsVersion\":\"TLSv1.3\",\"cipherSuite\":\"TLS_AES_128_GCM_SHA256\",")
    put("\"clientProvidedHostHeader\":\"", String(series.key.eventSource.dropLast(14)), ".")
    put(source.region, ".amazonaws.com\"}}")
  }

  /// A correction has an identifier of its own and names the one that it corrects.
  private mutating func writeEventID(isCorrection: Bool, _ random: inout SeededGenerator) {
    var original = random
    putGUID(&random)
    if isCorrection {
      bytes.removeLast(36)
      putGUID(&random)
      put("\",\"addendum\":{\"reason\":\"UPDATED_DATA\",\"updatedFields\":\"responseElements\",")
      put("\"originalEventID\":\"")
      putGUID(&original)
      put("\"},")
    } else {
      put("\",")
    }
  }
}
