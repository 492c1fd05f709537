// SPDX-License-Identifier: Apache-2.0

/// What is asked of a server.
struct HTTPRequest: Sendable {
  var method = "GET"
  /// Already percent-encoded; it goes out byte for byte.
  var url: String
  var headers: [(name: String, value: String)] = []
  /// An encoded form, sent as the body.
  var form: String?
  /// Who signs, for which Region; `nil` sends it unsigned.
  var signature: HTTPSignature?
  var limits = HTTPLimits()
}

/// What AWS Signature Version 4 needs besides the request.
struct HTTPSignature: Sendable {
  let credentials: Credentials
  let region: String
  let service: String
}

/// How long a transfer may take, how much it may bring, and by which way it goes.
struct HTTPLimits: Sendable {
  var connectMilliseconds = 10_000
  /// A transfer that brings nothing for so long is given up.
  var stallSeconds = 60
  /// A whole transfer's limit; 0 for none, since objects may be large.
  var totalMilliseconds = 0
  var bodyBytes = 1 << 30
  /// Metadata services stand next to the machine: a proxy for the world does not know them.
  var avoidsProxy = false
  /// A file of certificate authorities instead of the system's.
  var authoritiesFile: String?
}

/// A server's answer; its body lies in the buffer that the caller gave.
struct HTTPResponse: Sendable {
  var status = 0
  /// By name in small letters.
  var headers: [String: String] = [:]

  var isSuccess: Bool { (200..<300).contains(status) }
}

/// A transfer that brought no whole answer.
struct TransferFailure: Error, Hashable, Sendable {
  /// One clause for a person, such as `could not resolve host: example.test`.
  let reason: String
  /// Whether the same request may well succeed a moment later.
  let isPassing: Bool
}
