// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// One call, as a row of fixed size: its texts are symbols of the decoder's `SymbolTable`.
public struct Event: Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  public var eventTime: Int
  /// `nil` in records of version 1.0, which carry none; such events cannot be de-duplicated.
  public var eventID: EventID?
  public var isReadOnly: Bool
  public var eventCategory: EventCategory
  public var recipientAccountID: Symbol
  public var awsRegion: Symbol
  public var eventSource: Symbol
  public var eventName: Symbol
  /// `.empty` for success.
  public var errorCode: Symbol
  /// The caller: an ARN without session name where there is one, else the best stand-in.
  public var userIdentityArn: Symbol
  public var userAgent: Symbol
  public var sourceIPAddress: Symbol
  public var accessKeyID: Symbol
  /// The `originalEventID` that an `UPDATED_DATA` addendum replaces.
  public var replaces: EventID?

  public init(
    eventTime: Int, eventID: EventID?, isReadOnly: Bool, eventCategory: EventCategory,
    recipientAccountID: Symbol, awsRegion: Symbol, eventSource: Symbol, eventName: Symbol,
    errorCode: Symbol, userIdentityArn: Symbol, userAgent: Symbol, sourceIPAddress: Symbol,
    accessKeyID: Symbol, replaces: EventID?
  ) {
    self.eventTime = eventTime
    self.eventID = eventID
    self.isReadOnly = isReadOnly
    self.eventCategory = eventCategory
    self.recipientAccountID = recipientAccountID
    self.awsRegion = awsRegion
    self.eventSource = eventSource
    self.eventName = eventName
    self.errorCode = errorCode
    self.userIdentityArn = userIdentityArn
    self.userAgent = userAgent
    self.sourceIPAddress = sourceIPAddress
    self.accessKeyID = accessKeyID
    self.replaces = replaces
  }
}
