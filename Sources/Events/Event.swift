// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// One call, as a row of fixed size: its texts are symbols of the decoder's `SymbolTable`.
public struct Event: Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  public var eventTime: Int
  /// `nil` in records of version 1.0, which carry none; such events cannot be de-duplicated.
  public var eventID: EventID?
  /// Whether the call only reads; guessed by its name where the record does not say.
  public var isReadOnly: Bool
  /// Management or data.
  public var eventCategory: EventCategory
  /// The account in whose trail the event stands.
  public var recipientAccountID: Symbol
  /// The Region of the call.
  public var awsRegion: Symbol
  /// The service, such as `ec2.amazonaws.com`.
  public var eventSource: Symbol
  /// The call, such as `RunInstances`.
  public var eventName: Symbol
  /// `.empty` for success.
  public var errorCode: Symbol
  /// The caller: an ARN without session name where there is one, else the best stand-in.
  public var userIdentityArn: Symbol
  /// The agent as it named itself, whole up to `SymbolTable.textLimit`.
  public var userAgent: Symbol
  /// An address, or the name of a service that called.
  public var sourceIPAddress: Symbol
  /// The access key, `.empty` where there is none.
  public var accessKeyID: Symbol
  /// The `originalEventID` that an `UPDATED_DATA` addendum replaces.
  public var replaces: EventID?

  /// Whether it is a call of a call-rate series: a write management event or any data event.
  public var isCall: Bool { eventCategory == .data || !isReadOnly }
  /// Whether it counts in any series: errors count whatever they are.
  public var isCounted: Bool { isCall || errorCode != .empty }

  /// Creates an event.
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
