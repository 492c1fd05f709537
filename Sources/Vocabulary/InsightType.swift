// SPDX-License-Identifier: Apache-2.0

/// What a series measures, under the name that CloudTrail Insights gives it.
public enum InsightType: String, CaseIterable, Comparable, Codable, Sendable {
  /// Calls per minute of a write management event, or of any data event.
  case apiCallRate = "ApiCallRateInsight"
  /// Errors per minute under one error code, read and write.
  case apiErrorRate = "ApiErrorRateInsight"

  /// Orders types by their CloudTrail names, call rates before error rates.
  public static func < (left: InsightType, right: InsightType) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// On which side of the expected rate an insight lies.
public enum Direction: String, Codable, Sendable {
  case above, below
}

/// A property of an event by which calls are attributed, under CloudTrail's field name.
public enum Attribute: String, CaseIterable, Codable, Sendable {
  /// The caller, without the session name of an assumed role.
  case userIdentityArn
  case userAgent
  /// Call-rate series only; the text `null` stands for calls without an error.
  case errorCode
  case sourceIPAddress
  case accessKeyId
}
