// SPDX-License-Identifier: Apache-2.0

/// Where a piece of trail data stands.
public struct EventOrigin: Sendable {
  /// The file's path, or `-` for standard input.
  public let file: String
  /// Where the piece begins in the file's plain content.
  public var offset: Int
  /// The account in an S3 key such as `111122223333_CloudTrail_us-east-1_…`, else empty.
  let accountID: String

  /// Creates the origin of a whole file, or of a piece of one.
  public init(file: String, offset: Int = 0) {
    self.file = file
    self.offset = offset
    let folder = file.utf8.lastIndex(of: UInt8(ascii: "/"))
    let name = file.utf8[(folder.map { file.utf8.index(after: $0) } ?? file.startIndex)...]
    let digits = name.prefix { 48...57 ~= $0 }
    let isAccount = digits.count == 12 && name.dropFirst(12).starts(with: "_CloudTrail".utf8)
    accountID = isAccount ? String(decoding: digits, as: UTF8.self) : ""
  }
}
