// SPDX-License-Identifier: Apache-2.0
internal import CLibdeflate

/// Expands what `GzipEncoder` returned: one whole member, or nothing.
///
/// `Decompressor` reads what others made and saves what it can of it; it also looks into what comes
/// out, so bytes that happen to begin like a compressed file would not come back as they were.
@safe public struct GzipMemberDecoder: ~Copyable {
  private let handle: OpaquePointer

  /// Creates a decoder.
  public init() {
    guard let handle = unsafe libdeflate_alloc_decompressor() else {
      preconditionFailure("out of memory")
    }
    unsafe self.handle = handle
  }

  deinit { unsafe libdeflate_free_decompressor(handle) }

  /// Returns the plain bytes, `nil` unless the bytes are exactly one sound member.
  ///
  /// - Complexity: O(n) in the plain bytes, which are at most 1032 times as many.
  public func decode(_ member: Span<UInt8>) -> [UInt8]? {
    guard member.count >= 18 else { return nil }
    // A member ends with its plain size modulo 2^32.
    let size = (1...4).reduce(0) { $0 << 8 | Int(member[member.count - $1]) }
    guard size <= 1032 * member.count else { return nil }
    var isSound = false
    let plain = unsafe [UInt8](unsafeUninitializedCapacity: size) { output, count in
      var used = 0
      let result = unsafe member.withUnsafeBytes { input in
        unsafe libdeflate_gzip_decompress_ex(
          handle, input.baseAddress, input.count, output.baseAddress, output.count, &used, &count)
      }
      isSound = result == LIBDEFLATE_SUCCESS && used == member.count && count == size
      // A failure leaves the counts unset.
      if !isSound { count = 0 }
    }
    return isSound ? plain : nil
  }
}
