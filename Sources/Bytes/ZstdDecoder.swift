// SPDX-License-Identifier: Apache-2.0
internal import CZstd

/// Expands zstd frames one after the other.
enum ZstdDecoder {
  private static let pieceLength = 256 << 10

  /// Whether a zstd frame seems to begin here.
  static func isZstd(_ bytes: Span<UInt8>) -> Bool {
    bytes.count >= 4 && bytes[0] == 0x28 && bytes[1] == 0xB5 && bytes[2] == 0x2F && bytes[3] == 0xFD
  }

  static func decode(
    _ raw: Span<UInt8>, into plain: inout PaddedBuffer, limit: Int
  ) -> [ByteFault] {
    guard let stream = unsafe ZSTD_createDStream() else {
      return [fault(.damagedArchive, plain.count, raw.count, "no memory to expand")]
    }
    defer { unsafe ZSTD_freeDStream(stream) }
    var used = 0
    var pending = 1
    while used < raw.count || pending > 0 {
      guard plain.count < limit else {
        return [fault(.tooLarge, plain.count, raw.count - used, "expands beyond the limit")]
      }
      let before = (used, plain.count)
      unsafe pending = step(stream, raw, &used, &plain, min(pieceLength, limit - plain.count))
      if ZSTD_isError(pending) != 0 {
        return [fault(.damagedArchive, plain.count, raw.count - used, "the zstd data is damaged")]
      }
      if pending == 0, used == raw.count { break }
      if before == (used, plain.count) {
        return [fault(.damagedArchive, plain.count, 0, "the zstd data ends too early")]
      }
    }
    return []
  }

  /// Runs zstd once; returns 0 at the end of a frame, an error, or a hint of what is to come.
  private static func step(
    _ stream: OpaquePointer, _ raw: Span<UInt8>, _ used: inout Int,
    _ plain: inout PaddedBuffer, _ room: Int
  ) -> Int {
    var hint = 0
    unsafe plain.append(room: room) { free in
      var output = unsafe ZSTD_outBuffer(dst: free.baseAddress, size: free.count, pos: 0)
      unsafe raw.withUnsafeBytes { source in
        var input = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: used)
        unsafe hint = ZSTD_decompressStream(stream, &output, &input)
        unsafe used = input.pos
      }
      return unsafe output.pos
    }
    return hint
  }

  private static func fault(
    _ kind: ByteFault.Kind, _ offset: Int, _ skipped: Int, _ reason: String
  ) -> ByteFault {
    ByteFault(kind: kind, offset: offset, skippedBytes: skipped, reason: reason)
  }
}
