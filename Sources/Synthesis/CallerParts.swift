// SPDX-License-Identifier: Apache-2.0

/// A caller's part of a record, cut where something differs from call to call.
struct CallerParts: Sendable {
  /// Up to the session in the principal, up to that in the ARN, and what follows it.
  let beforePrincipalSession: [UInt8]
  let beforeSession: [UInt8]
  let afterSession: [UInt8]
  /// Up to the session's creation date; empty for callers without a session.
  let beforeCreation: [UInt8]
  /// Session names; one empty name for callers without sessions.
  let sessions: [[UInt8]]
  /// The fields of address and user agent.
  let origin: [UInt8]

  init(_ caller: Caller) {
    let account = "\",\"accountId\":\"\(caller.accountID)\""
    let key = ",\"accessKeyId\":\"\(caller.accessKeyID)\""
    let principal = "\",\"principalId\":\"\(caller.principalID)"
    sessions = Self.sessions(caller)
    switch caller.kind {
    case .role:
      beforePrincipalSession = Array("\"type\":\"AssumedRole\(principal):".utf8)
      beforeSession = Array("\",\"arn\":\"\(caller.arn ?? "")/".utf8)
      afterSession = Array((account + key).utf8)
    case .user:
      beforePrincipalSession = Array("\"type\":\"IAMUser\(principal)".utf8)
      beforeSession = Array("\",\"arn\":\"\(caller.arn ?? "")".utf8)
      afterSession = Array((account + key + ",\"userName\":\"\(caller.name)\"").utf8)
    case .root:
      beforePrincipalSession = Array("\"type\":\"Root\",\"principalId\":\"\(caller.accountID)".utf8)
      beforeSession = Array("\",\"arn\":\"\(caller.arn ?? "")".utf8)
      afterSession = Array((account + key).utf8)
    case .service:
      beforePrincipalSession = Array("\"type\":\"AWSService".utf8)
      beforeSession = Array("\",\"invokedBy\":\"\(caller.name)".utf8)
      afterSession = Array("\"".utf8)
    }
    beforeCreation = caller.kind == .role ? Self.sessionContext(caller) : []
    origin = Array(
      "\"sourceIPAddress\":\"\(caller.sourceIPAddress)\",\"userAgent\":\"\(caller.userAgent)\","
        .utf8)
  }

  private static func sessions(_ caller: Caller) -> [[UInt8]] {
    guard caller.kind == .role else { return [[]] }
    return (0..<4).map {
      Array("\(caller.name.lowercased())-\(caller.principalID.suffix(6))\($0)".utf8)
    }
  }

  private static func sessionContext(_ caller: Caller) -> [UInt8] {
    let issuer =
      "\"type\":\"Role\",\"principalId\":\"\(caller.principalID)\","
      + "\"arn\":\"arn:aws:iam::\(caller.accountID):role/\(caller.name)\","
      + "\"accountId\":\"\(caller.accountID)\",\"userName\":\"\(caller.name)\""
    return Array(
      ",\"sessionContext\":{\"sessionIssuer\":{\(issuer)},\"attributes\":{\"creationDate\":\"".utf8)
  }
}
