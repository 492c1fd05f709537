// SPDX-License-Identifier: Apache-2.0
internal import CZlib

/// Expands one gzip member piece by piece with zlib: slower, but it keeps what it has on damage.
enum InflateStream {
  /// What stands around the deflate data; the value is zlib's number for the largest window.
  enum Format: Int32 {
    case gzip = 31
    case bare = -15
  }

  private static let pieceLength = 256 << 10

  /// Appends what the member holds and returns how much of it was used, with the damage if any.
  static func expand(
    _ member: Span<UInt8>, as format: Format = .gzip, into plain: inout PaddedBuffer, limit: Int
  ) -> (used: Int, fault: ByteFault?) {
    var stream = unsafe z_stream()
    let isReady = unsafe inflateInit2_(
      &stream, format.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard isReady == Z_OK else {
      return (member.count, fault(.damagedGzip, plain.count, member.count, "no memory to expand"))
    }
    defer { unsafe inflateEnd(&stream) }
    var used = 0
    var status = Z_OK
    while status == Z_OK, plain.count < limit {
      let before = (used, plain.count)
      unsafe status = step(&stream, member, &used, &plain, min(pieceLength, limit - plain.count))
      if status == Z_BUF_ERROR, before != (used, plain.count) { status = Z_OK }
    }
    return (used, verdict(status, member.count - used, plain.count))
  }

  /// Runs zlib once over the rest of the member.
  private static func step(
    _ stream: inout z_stream, _ member: Span<UInt8>, _ used: inout Int,
    _ plain: inout PaddedBuffer, _ room: Int
  ) -> Int32 {
    var status = Z_OK
    let rest = min(member.count - used, Int(UInt32.max))
    unsafe plain.append(room: room) { free in
      unsafe member.extracting(used..<used + rest).withUnsafeBytes { source in
        let bytes = unsafe source.bindMemory(to: UInt8.self).baseAddress
        unsafe stream.next_in = UnsafeMutablePointer(mutating: bytes)
        unsafe stream.avail_in = UInt32(rest)
        unsafe stream.next_out = free.bindMemory(to: UInt8.self).baseAddress
        unsafe stream.avail_out = UInt32(free.count)
        unsafe status = inflate(&stream, Z_SYNC_FLUSH)
      }
      return unsafe free.count - Int(stream.avail_out)
    }
    unsafe used += rest - Int(stream.avail_in)
    return status
  }

  private static func verdict(_ status: Int32, _ rest: Int, _ plainCount: Int) -> ByteFault? {
    switch status {
    case Z_STREAM_END: nil
    case Z_BUF_ERROR: fault(.truncatedGzip, plainCount, rest, "the gzip data ends too early")
    case Z_OK: fault(.tooLarge, plainCount, rest, "expands beyond the limit")
    default: fault(.damagedGzip, plainCount, rest, "the gzip data is damaged")
    }
  }

  private static func fault(
    _ kind: ByteFault.Kind, _ offset: Int, _ skipped: Int, _ reason: String
  ) -> ByteFault {
    ByteFault(kind: kind, offset: offset, skippedBytes: skipped, reason: reason)
  }
}
