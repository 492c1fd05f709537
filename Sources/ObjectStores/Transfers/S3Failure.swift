// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// What an object store would not do, and why.
public struct S3Failure: Error, Hashable, Sendable {
  /// The place that was asked for, such as `s3://bucket/key`.
  public let place: String
  /// S3's own code, such as `NoSuchKey`; empty where no S3 answered.
  public let code: String
  /// One clause for a person, without the code.
  public let message: String
  /// The HTTP status, or 0 where there was no answer.
  public let status: Int

  init(place: String, code: String = "", message: String, status: Int = 0) {
    self.place = place
    self.code = code
    self.message = message
    self.status = status
  }

  /// The code and the message in one clause, such as `AccessDenied: Access Denied (HTTP 403)`.
  public var reason: String {
    let words = code.isEmpty ? message : message.isEmpty ? code : code + ": " + message
    return status == 0 ? words : words + " (HTTP \(status))"
  }

  /// The failure as a part of the input that could not be read.
  public func fault(skippedBytes: Int) -> Fault {
    Fault(kind: .unreadable, file: place, offset: 0, skippedBytes: skippedBytes, reason: reason)
  }
}

extension S3Failure {
  /// Reads the answer to a request that did not succeed.
  init(place: String, response: HTTPResponse, error: XMLElement?) {
    self.place = place
    status = response.status
    code = Self.clean(error?.text(of: "Code")) ?? Self.code(ofStatus: response.status)
    message = Self.clean(error?.text(of: "Message")) ?? ""
  }

  /// What the status alone tells, where the body is empty or a proxy's page.
  private static func code(ofStatus status: Int) -> String {
    switch status {
    case 301, 307: "PermanentRedirect"
    case 403: "AccessDenied"
    case 404: "NotFound"
    case 429, 503: "SlowDown"
    default: "HTTPError"
    }
  }

  /// A server's words go to terminals and into CSV cells: one line of at most 300 characters,
  /// without control characters.
  private static func clean(_ text: String?) -> String? {
    guard let text, !text.isEmpty else { return nil }
    let scalars = text.unicodeScalars.prefix(300).map { $0.properties.isControl ? " " : $0 }
    return String(String.UnicodeScalarView(scalars))
  }
}

extension Unicode.Scalar.Properties {
  fileprivate var isControl: Bool {
    switch generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
