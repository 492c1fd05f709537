// SPDX-License-Identifier: Apache-2.0

/// Expands bytes that are compressed, whatever they are called.
///
/// Formats are recognised by their first bytes: gzip with any number of members, zip, zstd, and any
/// of them within another (a log subscription through a delivery stream is gzip in gzip). Anything
/// else is plain. The files of a zip archive follow one another, each on a line of its own. Damage
/// loses only what lies behind it.
public struct Decompressor: ~Copyable {
  /// What came out of `expand`.
  public struct Expansion: Sendable {
    /// The bytes were plain already: nothing was written, read the raw ones.
    public internal(set) var isPlain = true
    /// What could not be expanded.
    public internal(set) var faults: [ByteFault] = []
  }

  /// How often something compressed may lie within something compressed.
  static let deepestNesting = 4

  var gzip = GzipDecoder()
  let plainLimit: Int

  /// Creates a decompressor.
  ///
  /// - Parameter plainLimit: Plain bytes after which expanding stops, against bombs.
  public init(plainLimit: Int = 4 << 30 - 1) {
    self.plainLimit = plainLimit
  }

  /// Whether some bytes begin like a format that `expand` knows.
  public static func isCompressed(_ bytes: Span<UInt8>) -> Bool {
    GzipDecoder.isGzip(bytes, at: 0) || ZipDirectory.isZip(bytes) || ZstdDecoder.isZstd(bytes)
  }

  /// Replaces the content of `plain` by the expanded bytes, unless they are plain already.
  public mutating func expand(
    _ raw: borrowing PaddedBuffer, into plain: inout PaddedBuffer
  ) -> Expansion {
    guard Self.isCompressed(raw.bytes) else { return Expansion() }
    var expansion = Expansion()
    expansion.isPlain = false
    expandAll(raw.bytes, into: &plain, depth: 0, &expansion.faults)
    return expansion
  }

  /// Expands bytes that are compressed, and what comes out as long as it is compressed, too.
  mutating func expandAll(
    _ raw: Span<UInt8>, into plain: inout PaddedBuffer, depth: Int, _ faults: inout [ByteFault]
  ) {
    plain.removeAll()
    if ZipDirectory.isZip(raw) {
      return expandZip(raw, into: &plain, depth: depth, &faults)
    }
    faults +=
      ZstdDecoder.isZstd(raw)
      ? ZstdDecoder.decode(raw, into: &plain, limit: plainLimit)
      : gzip.decode(raw, into: &plain, limit: plainLimit)
    guard depth < Self.deepestNesting, Self.isCompressed(plain.bytes) else { return }
    var inner = PaddedBuffer()
    expandAll(plain.bytes, into: &inner, depth: depth + 1, &faults)
    swap(&plain, &inner)
  }
}
