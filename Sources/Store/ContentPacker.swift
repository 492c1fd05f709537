// SPDX-License-Identifier: Apache-2.0
internal import Bytes

/// Contents as they lie in the file: a byte that says how, and the bytes, compressed where it pays.
final class ContentPacker {
  /// Contents up to this many bytes stay as they are.
  static let plainLimit = 512
  private static let plainMark: UInt8 = 0
  private static let gzipMark: UInt8 = 1

  // Fast rather than small: a commit waits for it.
  private let encoder = GzipEncoder(level: 1)
  private let decoder = GzipMemberDecoder()

  func pack(_ content: [UInt8]) -> [UInt8] {
    if content.count > Self.plainLimit {
      let member = encoder.encode(content)
      if member.count < content.count { return [Self.gzipMark] + member }
    }
    return [Self.plainMark] + content
  }

  /// Returns `nil` where the bytes are none that `pack` returned.
  func unpack(_ packed: [UInt8]) -> [UInt8]? {
    switch packed.first {
    case Self.plainMark: Array(packed[1...])
    case Self.gzipMark: decoder.decode(packed.span.extracting(1...))
    default: nil
    }
  }
}
