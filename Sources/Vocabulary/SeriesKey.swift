// SPDX-License-Identifier: Apache-2.0

/// What identifies a series of counts: the unit that has a baseline and can raise insights.
///
/// The order is that of the CSV report: account, Region, event source, event name, type, error
/// code, and the category last.
public struct SeriesKey: Hashable, Comparable, Sendable {
  public var recipientAccountID: String
  public var awsRegion: String
  public var eventCategory: String
  public var eventSource: String
  public var eventName: String
  public var insightType: InsightType
  /// Empty for call-rate series.
  public var errorCode: String

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

  public static func < (left: SeriesKey, right: SeriesKey) -> Bool {
    for (first, second) in zip(left.orderedFields, right.orderedFields) where first != second {
      return utf8Less(first, second)
    }
    return false
  }

  private var orderedFields: [String] {
    [
      recipientAccountID, awsRegion, eventSource, eventName, insightType.rawValue, errorCode,
      eventCategory,
    ]
  }
}

/// Orders text by its UTF-8 bytes, the order in which every output is sorted.
///
/// Why: Swift's own order of strings follows Unicode normal forms, which `sort` and `memcmp`
/// do not.
public func utf8Less(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
