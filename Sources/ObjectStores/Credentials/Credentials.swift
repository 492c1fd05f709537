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
