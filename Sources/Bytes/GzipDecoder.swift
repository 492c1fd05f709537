// SPDX-License-Identifier: Apache-2.0
internal import CLibdeflate

/// Expands gzip members one after the other.
///
/// libdeflate is fast, but all or nothing; where it reports damage, zlib's streaming decoder
/// (`InflateStream`) goes over the same member again and saves what stands before the damage.
@safe struct GzipDecoder: ~Copyable {
  private let handle: OpaquePointer?

  init() {
    unsafe handle = libdeflate_alloc_decompressor()
  }

  deinit {
    if let handle = unsafe handle { unsafe libdeflate_free_decompressor(handle) }
  }

  /// Whether a gzip member seems to begin here.
  static func isGzip(_ bytes: Span<UInt8>, at index: Int) -> Bool {
    index + 3 <= bytes.count && bytes[index] == 0x1F && bytes[index + 1] == 0x8B
      && bytes[index + 2] == 8
  }

  mutating func decode(
    _ raw: Span<UInt8>, into plain: inout PaddedBuffer, limit: Int
  ) -> [ByteFault] {
    var faults: [ByteFault] = []
    var position = 0
    while position < raw.count {
      guard Self.isGzip(raw, at: position) else {
        if let fault = trailing(raw, from: position, plainCount: plain.count) {
          faults.append(fault)
        }
        break
      }
      let member = raw.extracting(position...)
      if let used = fastMember(member, into: &plain, limit: limit) {
        position += used
        continue
      }
      let (used, fault) = InflateStream.expand(member, into: &plain, limit: limit)
      position += used
      guard let fault else { continue }
      faults.append(fault)
      guard fault.kind == .damagedGzip, let next = nextMember(raw, from: position) else { break }
      position = next
    }
    return faults
  }

  /// CRC-32 as gzip and zip have it.
  static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
    unsafe bytes.withUnsafeBytes { unsafe libdeflate_crc32(0, $0.baseAddress, $0.count) }
  }

  /// Expands bare deflate data of a known plain size; returns whether it is sound.
  func inflate(_ content: Span<UInt8>, count: Int, into plain: inout PaddedBuffer) -> Bool {
    // Deflate cannot expand more than 1032-fold: a larger size is a lie.
    guard let handle = unsafe handle, count <= 1032 * content.count + 64 else { return false }
    var result = LIBDEFLATE_BAD_DATA
    unsafe plain.append(room: count) { free in
      result = unsafe content.withUnsafeBytes { source in
        unsafe libdeflate_deflate_decompress(
          handle, source.baseAddress, source.count, free.baseAddress, free.count, nil)
      }
      return result == LIBDEFLATE_SUCCESS ? count : 0
    }
    return result == LIBDEFLATE_SUCCESS
  }

  /// Expands a sound member with libdeflate and returns its compressed length, `nil` on damage.
  private func fastMember(
    _ member: Span<UInt8>, into plain: inout PaddedBuffer, limit: Int
  ) -> Int? {
    guard let handle = unsafe handle else { return nil }
    var room = min(max(sizeHint(member), 4096), limit - plain.count)
    while room > 0 {
      var used = 0
      var result = LIBDEFLATE_BAD_DATA
      unsafe plain.append(room: room) { free in
        var written = 0
        result = unsafe member.withUnsafeBytes { source in
          unsafe libdeflate_gzip_decompress_ex(
            handle, source.baseAddress, source.count, free.baseAddress, free.count, &used,
            &written)
        }
        return result == LIBDEFLATE_SUCCESS ? written : 0
      }
      if result == LIBDEFLATE_SUCCESS { return used }
      guard result == LIBDEFLATE_INSUFFICIENT_SPACE, room < limit - plain.count else { return nil }
      room = min(2 * room, limit - plain.count)
    }
    return nil
  }

  /// A gzip file ends with its plain size modulo 2^32; deflate cannot expand more than 1032-fold.
  private func sizeHint(_ member: Span<UInt8>) -> Int {
    guard member.count >= 18 else { return 0 }
    var size = 0
    for index in 1...4 { size = size << 8 | Int(member[member.count - index]) }
    return size <= 64 * member.count ? max(size, member.count) : 6 * member.count
  }

  /// After damage, members that come later may be sound.
  private func nextMember(_ raw: Span<UInt8>, from position: Int) -> Int? {
    var index = position
    while index + 18 <= raw.count {
      // Flags that no version of gzip defines are zero in a true header.
      if Self.isGzip(raw, at: index), raw[index + 3] & 0xE0 == 0 { return index }
      index += 1
    }
    return nil
  }

  /// What follows the last member; tapes and some tools pad with zeros, which is no fault.
  private func trailing(_ raw: Span<UInt8>, from position: Int, plainCount: Int) -> ByteFault? {
    for index in position..<raw.count where raw[index] != 0 {
      return ByteFault(
        kind: .trailingBytes, offset: plainCount, skippedBytes: raw.count - position,
        reason: "bytes after the end of the gzip data")
    }
    return nil
  }
}
