// SPDX-License-Identifier: Apache-2.0

/// Expands bytes that are compressed, whatever they are called.
///
/// Formats are recognised by their first bytes: gzip with any number of members, gzip within gzip
/// (a log subscription through a delivery stream). Anything else is plain. Damage loses only what
/// lies behind it.
public struct Decompressor: ~Copyable {
  /// What came out of `expand`.
  public struct Expansion: Sendable {
    /// The bytes were plain already: nothing was written, read the raw ones.
    public internal(set) var isPlain = true
    public internal(set) var faults: [ByteFault] = []
  }

  /// How often something compressed may lie within something compressed.
  static let deepestNesting = 4

  private var gzip: GzipDecoder
  private let plainLimit: Int

  /// Creates a decompressor.
  ///
  /// - Parameter plainLimit: Plain bytes after which expanding stops, against bombs.
  public init(plainLimit: Int = 4 << 30 - 1) {
    self.plainLimit = plainLimit
    gzip = GzipDecoder()
  }

  /// Whether some bytes begin like a format that `expand` knows.
  public static func isCompressed(_ bytes: Span<UInt8>) -> Bool {
    GzipDecoder.isGzip(bytes, at: 0)
  }

  /// Replaces the content of `plain` by the expanded bytes, unless they are plain already.
  public mutating func expand(
    _ raw: borrowing PaddedBuffer, into plain: inout PaddedBuffer
  ) -> Expansion {
    var expansion = Expansion()
    guard decodeOnce(raw.bytes, into: &plain, &expansion) else { return expansion }
    expansion.isPlain = false
    var inner = PaddedBuffer()
    for _ in 1..<Self.deepestNesting {
      guard decodeOnce(plain.bytes, into: &inner, &expansion) else { break }
      swap(&plain, &inner)
    }
    return expansion
  }

  /// Returns whether the bytes were compressed.
  private mutating func decodeOnce(
    _ raw: Span<UInt8>, into plain: inout PaddedBuffer, _ expansion: inout Expansion
  ) -> Bool {
    guard GzipDecoder.isGzip(raw, at: 0) else { return false }
    plain.removeAll()
    expansion.faults += gzip.decode(raw, into: &plain, limit: plainLimit)
    return true
  }
}
