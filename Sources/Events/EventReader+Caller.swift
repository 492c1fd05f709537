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
    scratch.removeAll(keepingCapacity: true)
    let type = record.text(TRAIL_IDENTITY_TYPE)
    if type.equals("Role") || type.equals("FederatedUser") {
      append(record, TRAIL_SESSION_ISSUER_ARN)
    }
    if scratch.isEmpty {
      append(record, TRAIL_IDENTITY_ARN)
      scratch.removeLast(scratch.count - Self.lengthWithoutSession(scratch.span))
    }
    if scratch.isEmpty { appendStandIn(record, type: type) }
    if scratch.isEmpty { appendFirst(record, Self.anyName) }
    if scratch.isEmpty { scratch += Array("Unknown".utf8) }
    return symbolOfScratch()
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
    guard let kind = arn.firstIndex(of: ":assumed-role/"),
      let slash = arn.firstIndex(of: UInt8(ascii: "/"), from: kind + 14)
    else { return arn.count }
    return slash
  }
}
