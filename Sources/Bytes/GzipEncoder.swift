// SPDX-License-Identifier: Apache-2.0
import CLibdeflate

/// Compresses byte arrays to gzip members, with one libdeflate compressor for all of them.
///
///     let encoder = GzipEncoder(level: 6)
///     let member = encoder.encode(Array("hello".utf8))
@safe
public struct GzipEncoder: ~Copyable {
  private let compressor: OpaquePointer

  /// Creates an encoder.
  ///
  /// - Parameter level: From 1, the fastest, to 12, the smallest.
  /// - Precondition: The level is in that range.
  public init(level: Int = 6) {
    precondition((1...12).contains(level), "a compression level is 1 to 12")
    guard let compressor = unsafe libdeflate_alloc_compressor(Int32(level)) else {
      preconditionFailure("out of memory")
    }
    unsafe self.compressor = compressor
  }

  deinit {
    unsafe libdeflate_free_compressor(compressor)
  }

  /// Returns the bytes as one gzip member, without a name or a time in its header.
  ///
  /// - Complexity: O(n) in the bytes.
  public func encode(_ bytes: [UInt8]) -> [UInt8] {
    let bound = unsafe libdeflate_gzip_compress_bound(compressor, bytes.count)
    return unsafe [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      unsafe bytes.withUnsafeBytes { input in
        count = unsafe libdeflate_gzip_compress(
          compressor, input.baseAddress, input.count, output.baseAddress, output.count)
      }
      precondition(count > 0 || bound == 0, "the bound is large enough")
    }
  }
}
