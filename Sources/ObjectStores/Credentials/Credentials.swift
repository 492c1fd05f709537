// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// The keys that sign a request.
struct Credentials: Hashable, Sendable {
  let accessKeyID: String
  let secretAccessKey: String
  /// Temporary credentials carry one.
  var sessionToken: String?
  /// When they stop working; `nil` where nobody said.
  var expiration: Timestamp?
}

/// However they are printed, by hand, by a debugger or in a crash: never the secret.
extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  var description: String { "credentials of " + accessKeyID.prefix(4) + "…" }
  var debugDescription: String { description }
  var customMirror: Mirror { Mirror(self, children: []) }
}

extension Credentials {
  /// Reads the `Credentials` element of an answer of AWS STS.
  init?(_ element: XMLElement) {
    guard let id = element.text(of: "AccessKeyId"),
      let secret = element.text(of: "SecretAccessKey"), !id.isEmpty, !secret.isEmpty
    else { return nil }
    accessKeyID = id
    secretAccessKey = secret
    sessionToken = element.text(of: "SessionToken")
    expiration = element.text(of: "Expiration").flatMap(Timestamp.init(rfc3339:))
  }

  /// Reads what a credential process or a metadata service answers.
  init?(_ fields: JSONFields, token: String) {
    guard let id = fields["AccessKeyId"], let secret = fields["SecretAccessKey"], !id.isEmpty,
      !secret.isEmpty
    else { return nil }
    accessKeyID = id
    secretAccessKey = secret
    sessionToken = fields[token]
    expiration = fields["Expiration"].flatMap(Timestamp.init(rfc3339:))
  }
}
