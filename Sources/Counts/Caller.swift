// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Who made calls and how: one combination of the attributes, as text numbers of an
/// `AttributionTable`.
///
/// Why: the attributes of an event go together (a role calls with its agent from its address), so
/// one entry for a combination is far smaller than an entry for each attribute.
struct Caller: Hashable, Sendable {
  /// Stands for an attribute that the source of the counts did not say.
  static let unknown = UInt32.max

  var userIdentityArn = unknown
  var userAgent = unknown
  var errorCode = unknown
  var sourceIPAddress = unknown
  var accessKeyID = unknown

  /// All of it, to look it up by.
  var triple: Triple {
    Triple(
      first: UInt64(userIdentityArn) << 32 | UInt64(userAgent),
      second: UInt64(sourceIPAddress) << 32 | UInt64(accessKeyID), third: UInt64(errorCode))
  }

  subscript(attribute: Attribute) -> UInt32 {
    get {
      switch attribute {
      case .userIdentityArn: userIdentityArn
      case .userAgent: userAgent
      case .errorCode: errorCode
      case .sourceIPAddress: sourceIPAddress
      case .accessKeyId: accessKeyID
      }
    }
    set {
      switch attribute {
      case .userIdentityArn: userIdentityArn = newValue
      case .userAgent: userAgent = newValue
      case .errorCode: errorCode = newValue
      case .sourceIPAddress: sourceIPAddress = newValue
      case .accessKeyId: accessKeyID = newValue
      }
    }
  }
}
