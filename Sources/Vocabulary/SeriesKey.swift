// SPDX-License-Identifier: Apache-2.0

/// What identifies a series of counts: the unit that has a baseline and can raise insights.
///
/// The order is that of the CSV report: account, Region, event source, event name, type, error
/// code, and the category last.
public struct SeriesKey: Hashable, Comparable, Codable, Sendable {
  /// The account whose trail the event is in, twelve digits.
  public var recipientAccountID: String
  /// The Region that the call went to, such as `eu-central-1`.
  public var awsRegion: String
  /// CloudTrail's category of the event, such as `Management`.
  public var eventCategory: String
  /// The service that was called, such as `ec2.amazonaws.com`.
  public var eventSource: String
  /// The API operation that was called, such as `RunInstances`.
  public var eventName: String
  /// Whether the series counts calls or errors.
  public var insightType: InsightType
  /// The error that the series counts, such as `AccessDenied`; empty for call-rate series.
  public var errorCode: String

  /// Creates the key of a call-rate series, or of an error-rate series with its error code.
  public init(
    recipientAccountID: String, awsRegion: String, eventCategory: String, eventSource: String,
    eventName: String, insightType: InsightType, errorCode: String = ""
  ) {
    self.recipientAccountID = recipientAccountID
    self.awsRegion = awsRegion
    self.eventCategory = eventCategory
    self.eventSource = eventSource
    self.eventName = eventName
    self.insightType = insightType
    self.errorCode = errorCode
  }

  /// Orders keys field by field, each by its UTF-8 bytes, in the order of the CSV report.
  public static func < (left: SeriesKey, right: SeriesKey) -> Bool {
    // A list of the fields would be allocated for each comparison.
    less(left.recipientAccountID, right.recipientAccountID) ?? less(left.awsRegion, right.awsRegion)
      ?? less(left.eventSource, right.eventSource) ?? less(left.eventName, right.eventName)
      ?? less(left.insightType.rawValue, right.insightType.rawValue)
      ?? less(left.errorCode, right.errorCode) ?? less(left.eventCategory, right.eventCategory)
      ?? false
  }

  /// Which of two texts comes first; `nil` where they are the same.
  private static func less(_ left: String, _ right: String) -> Bool? {
    left == right ? nil : utf8Less(left, right)
  }
}

/// Orders text by its UTF-8 bytes, the order in which every output is sorted.
///
/// Why: Swift's own order of strings follows Unicode normal forms, which `sort` and `memcmp`
/// do not.
public func utf8Less(_ left: String, _ right: String) -> Bool {
  let (first, second) = (left.utf8.span, right.utf8.span)
  for index in 0..<min(first.count, second.count) where first[index] != second[index] {
    return first[index] < second[index]
  }
  return first.count < second.count
}
