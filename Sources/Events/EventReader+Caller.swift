// SPDX-License-Identifier: Apache-2.0
internal import CSimdjson

/// Who called: an ARN without session where the identity has one, else the best stand-in.
///
/// | type | `userIdentityArn` of the event |
/// |---|---|
/// | AssumedRole | the ARN up to the role; else the role's own ARN |
/// | Role, FederatedUser | the ARN of the session's issuer; else the ARN |
/// | SAMLUser, WebIdentityUser | `identityProvider/userName`, or the principal for the name |
/// | AWSAccount | `AWSAccount:accountId` |
/// | AWSService | `invokedBy` |
/// | IdentityCenterUser | `identityStoreArn/userId` |
/// | Directory, Unknown, none | user name, principal, `invokedBy`, account, else `Unknown` |
///
/// An ARN that is there wins over every stand-in.
extension EventReader {
  mutating func caller(_ record: Record) -> Symbol {
    let type = record.text(TRAIL_IDENTITY_TYPE)
    let isNamedByIssuer = type.equals("Role") || type.equals("FederatedUser")
    if !isNamedByIssuer, let caller = callerInOnePiece(record) { return caller }
    scratch.removeAll(keepingCapacity: true)
    if isNamedByIssuer { append(record, TRAIL_SESSION_ISSUER_ARN) }
    if scratch.isEmpty {
      append(record, TRAIL_IDENTITY_ARN)
      scratch.removeLast(scratch.count - Self.lengthWithoutSession(scratch.span))
    }
    if scratch.isEmpty { appendStandIn(record, type: type) }
    if scratch.isEmpty { appendFirst(record, Self.anyName) }
    if scratch.isEmpty { scratch += Array("Unknown".utf8) }
    return symbolOfScratch()
  }

  /// Returns the caller where the text stands as it is in the source, as in nearly every record.
  private mutating func callerInOnePiece(_ record: Record) -> Symbol? {
    guard record.kind(TRAIL_IDENTITY_ARN) == TRAIL_STRING, !record.row.invalid_utf8 else {
      return nil
    }
    let arn = record.text(TRAIL_IDENTITY_ARN)
    let caller = arn.extracting(..<Self.lengthWithoutSession(arn))
    return caller.isEmpty ? nil : symbols.symbol(for: caller)
  }

  private static let anyName = [
    TRAIL_SESSION_ISSUER_ARN, TRAIL_USER_NAME, TRAIL_PRINCIPAL_ID, TRAIL_INVOKED_BY,
    TRAIL_ACCOUNT_ID, TRAIL_IDENTITY_TYPE,
  ]

  private mutating func appendStandIn(_ record: Record, type: Span<UInt8>) {
    if type.equals("SAMLUser") || type.equals("WebIdentityUser") {
      append(record, TRAIL_IDENTITY_PROVIDER)
      if !scratch.isEmpty { scratch.append(UInt8(ascii: "/")) }
      appendFirst(record, [TRAIL_USER_NAME, TRAIL_PRINCIPAL_ID])
    } else if type.equals("AWSAccount"), record.has(TRAIL_ACCOUNT_ID) {
      scratch += Array("AWSAccount:".utf8)
      append(record, TRAIL_ACCOUNT_ID)
    } else if type.equals("AWSService") || type.isEmpty {
      append(record, TRAIL_INVOKED_BY)
    } else if type.equals("IdentityCenterUser") {
      append(record, TRAIL_IDENTITY_STORE_ARN)
      if !scratch.isEmpty { scratch.append(UInt8(ascii: "/")) }
      append(record, TRAIL_ON_BEHALF_OF_USER_ID)
    }
  }

  private mutating func appendFirst(_ record: Record, _ fields: [trail_field_id]) {
    let length = scratch.count
    for field in fields where scratch.count == length { append(record, field) }
  }

  /// `arn:aws:sts::111122223333:assumed-role/Role/Session` up to the role.
  static func lengthWithoutSession(_ arn: Span<UInt8>) -> Int {
    var slash = arn.firstIndex(of: UInt8(ascii: "/"))
    while let found = slash {
      slash = arn.firstIndex(of: UInt8(ascii: "/"), from: found + 1)
      if arn.extracting(...found).ends(with: ":assumed-role/") { return slash ?? arn.count }
    }
    return arn.count
  }
}
