// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// A series' part of a record, cut where something differs from call to call.
struct SeriesParts: Sendable {
  /// From after the time to the caller's address.
  let names: [UInt8]
  /// The code and message of an error-rate series; empty for call-rate series.
  let error: [UInt8]
  /// The request's parameters, up to the resource's number.
  let parameters: [UInt8]
  /// From after the identifier to the end.
  let end: [UInt8]
  /// The same in a record from before categories and `readOnly`.
  let oldEnd: [UInt8]
  /// Whether the call changes something and says so in its response.
  let hasResponse: Bool
  /// Whether a reader infers the right kind from a record that lacks category and `readOnly`.
  let canBeOld: Bool

  init(_ series: SyntheticSeries) {
    let key = series.key
    let account = key.recipientAccountID
    let service = String(key.eventSource.prefix { $0 != "." })
    names = Array(
      ("\",\"eventSource\":\"\(key.eventSource)\",\"eventName\":\"\(key.eventName)\","
        + "\"awsRegion\":\"\(key.awsRegion)\",").utf8)
    error = key.errorCode.isEmpty ? [] : Self.error(key.errorCode)
    parameters = Array(
      ("\"requestParameters\":{\"resourceName\":"
        + "\"arn:aws:\(service):\(key.awsRegion):\(account):resource/app-").utf8)
    let isData = key.eventCategory == EventCategory.data.rawValue
    let type = "\"eventType\":\"AwsApiCall\","
    let recipient = "\"recipientAccountId\":\"\(account)\","
    let tls =
      "\"tlsDetails\":{\"tlsVersion\":\"TLSv1.3\",\"cipherSuite\":\"TLS_AES_128_GCM_SHA256\","
      + "\"clientProvidedHostHeader\":\"\(service).\(key.awsRegion).amazonaws.com\"}}"
    end = Array(
      ("\"readOnly\":\(series.isReadOnly),\(type)\"managementEvent\":\(!isData),\(recipient)"
        + "\"eventCategory\":\"\(key.eventCategory)\",\(tls)").utf8)
    oldEnd = Array((type + recipient + tls).utf8)
    hasResponse = !series.isReadOnly
    canBeOld = !isData && series.isReadOnly == key.looksReadOnly
  }

  private static func error(_ code: String) -> [UInt8] {
    Array("\"errorCode\":\"\(code)\",\"errorMessage\":\"\(errorMessage(code))\",".utf8)
  }
}

extension SeriesKey {
  /// Whether the name alone makes a reader take the API for read-only.
  fileprivate var looksReadOnly: Bool {
    ["Get", "List", "Describe", "Head"].contains { eventName.hasPrefix($0) }
  }
}

/// What a service says with an error code.
private func errorMessage(_ code: String) -> String {
  switch code {
  case "AccessDenied", "AccessDeniedException", "Client.UnauthorizedOperation":
    "You are not authorized to perform this operation."
  case "ThrottlingException", "Throttling", "Client.RequestLimitExceeded",
    "ProvisionedThroughputExceededException":
    "Rate exceeded"
  case "Client.DryRunOperation": "Request would have succeeded, but DryRun flag is set."
  default: "The requested resource does not exist."
  }
}
