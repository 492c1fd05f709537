// SPDX-License-Identifier: Apache-2.0
import Bytes
import Foundation
import Testing

/// An archive of our own making, with what a test wants wrong in it.
struct ZipMaker {
  var name = "a/one.json"
  var content = Array("{\"eventName\":\"One\"}".utf8)
  /// What stands in the archive for the content.
  var packed: [UInt8]?
  var method: UInt16 = 0
  var flags: UInt16 = 0
  var checksum: UInt32?
  var plainCount: UInt32?
  var isLarge = false

  /// The archive: the file, the directory, and its end, with 64-bit numbers where that is wanted.
  var bytes: [UInt8] {
    let packed = packed ?? content
    let local =
      number(0x0403_4B50, 4) + number(20, 2) + common(packed.count) + number(name.utf8.count, 2)
      + number(0, 2) + Array(name.utf8) + packed
    let large =
      number(1, 2) + number(24, 2) + number(content.count, 8) + number(packed.count, 8)
      + number(0, 8)
    let other = number(0xCAFE, 2) + number(3, 2) + [1, 2, 3]
    let extra = isLarge ? other + large : []
    let directory =
      number(0x0201_4B50, 4) + number(45, 2) + number(45, 2) + common(packed.count)
      + number(name.utf8.count, 2) + number(extra.count, 2) + number(0, 2) + number(0, 8)
      + number(isLarge ? 0xFFFF_FFFF : 0, 4) + Array(name.utf8) + extra
    return local + directory + end(at: local.count, length: directory.count)
  }

  /// What the file's header and the directory's entry have in common, from the flags to the sizes.
  private func common(_ packedCount: Int) -> [UInt8] {
    let count = plainCount.map { Int($0) } ?? content.count
    return number(Int(flags), 2) + number(Int(method), 2) + number(0, 4)
      + number(Int(checksum ?? crc(content)), 4) + number(isLarge ? 0xFFFF_FFFF : packedCount, 4)
      + number(isLarge ? 0xFFFF_FFFF : count, 4)
  }

  private func end(at position: Int, length: Int) -> [UInt8] {
    let record =
      number(0x0606_4B50, 4) + number(44, 8) + number(45, 2) + number(45, 2) + number(0, 8)
      + number(1, 8) + number(1, 8) + number(length, 8) + number(position, 8)
    let locator =
      number(0x0706_4B50, 4) + number(0, 4) + number(position + length, 8) + number(1, 4)
    return (isLarge ? record + locator : []) + number(0x0605_4B50, 4) + number(0, 4)
      + number(isLarge ? 0xFFFF : 1, 2) + number(isLarge ? 0xFFFF : 1, 2)
      + number(isLarge ? 0xFFFF_FFFF : length, 4) + number(isLarge ? 0xFFFF_FFFF : position, 4)
      + number(0, 2)
  }

  private func number(_ value: Int, _ length: Int) -> [UInt8] {
    (0..<length).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private func crc(_ content: [UInt8]) -> UInt32 {
    var value: UInt32 = ~0
    for byte in content {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
    return ~value
  }
}

@Suite("Zip archives")
struct ZipTests {
  private static let one = "{\"eventName\":\"One\"}\n"

  private func expand(
    _ archive: ZipMaker, limit: Int = 1 << 30
  ) -> (text: String, faults: [ByteFault]) {
    var decompressor = Decompressor(plainLimit: limit)
    var plain = PaddedBuffer()
    let expansion = decompressor.expand(PaddedBuffer(archive.bytes), into: &plain)
    let bytes = plain.bytes.indices.map { plain.bytes[$0] }
    return (String(decoding: bytes, as: UTF8.self), expansion.faults)
  }

  @Test("Numbers of 64 bits are read as those of 32 are", arguments: [false, true])
  func largeNumbers(isLarge: Bool) {
    let (text, faults) = expand(ZipMaker(isLarge: isLarge))
    #expect(text == Self.one && faults.isEmpty)
  }

  @Test("A file that does not match its checksum is told, and kept")
  func checksum() {
    let (text, faults) = expand(ZipMaker(checksum: 1))
    #expect(text == Self.one)
    #expect(
      faults == [
        ByteFault(
          kind: .damagedArchive, offset: 0, skippedBytes: 0,
          reason: "a/one.json does not match its checksum")
      ])
  }

  @Test("What is encrypted or packed in an unknown way has a name")
  func unsupported() {
    let (secret, encrypted) = expand(ZipMaker(flags: 1))
    #expect(secret.isEmpty && encrypted.map(\.kind) == [.unsupportedArchive])
    #expect(encrypted.first?.reason == "a/one.json is encrypted")
    let (other, unknown) = expand(ZipMaker(method: 12))
    #expect(other.isEmpty && unknown.map(\.kind) == [.unsupportedArchive])
    #expect(unknown.first?.reason == "a/one.json is packed by method 12, which is not known")
    #expect(unknown.first?.skippedBytes == 19)
  }

  @Test("zstd within zip is read")
  func zstandard() {
    let content = Array(DecompressorTests.text.utf8)
    let (text, faults) = expand(
      ZipMaker(content: content, packed: DecompressorTests.zstd, method: 93))
    #expect(text == DecompressorTests.text + "\n" && faults.isEmpty)
  }

  @Test("Of damaged deflate data, what stands before the damage is kept")
  func damagedDeflate() {
    // The gzip member without its header and its trailer.
    let packed = Array(DecompressorTests.gzip.dropFirst(10).dropLast(8))
    let content = Array(DecompressorTests.text.utf8)
    let sound = expand(ZipMaker(content: content, packed: packed, method: 8))
    #expect(sound.text == DecompressorTests.text + "\n" && sound.faults.isEmpty)
    let cut = expand(
      ZipMaker(content: content, packed: Array(packed.dropLast(40)), method: 8))
    #expect(cut.faults.map(\.kind) == [.damagedArchive])
    #expect(cut.text.utf8.count > 100 && DecompressorTests.text.hasPrefix(cut.text.dropLast()))
    let wrongSize = expand(
      ZipMaker(content: content, packed: packed, method: 8, plainCount: 7))
    #expect(wrongSize.text == sound.text && wrongSize.faults.isEmpty)
  }

  @Test("Bombs stop at the limit", arguments: [0, 8])
  func bomb(method: UInt16) {
    let packed = method == 0 ? nil : Array(DecompressorTests.gzip.dropFirst(10).dropLast(8))
    let content = Array(DecompressorTests.text.utf8)
    let (text, faults) = expand(
      ZipMaker(content: content, packed: packed, method: method), limit: 100)
    #expect(text.utf8.count <= 101 && faults.map(\.kind) == [.tooLarge])
  }

  @Test("Any byte may be wrong")
  func damage() {
    for isLarge in [false, true] {
      let archive = ZipMaker(isLarge: isLarge).bytes
      for index in 4..<archive.count {
        for value in [0, 1, 0x7F, 0xFF] as [UInt8] {
          var bad = archive
          bad[index] = value
          var decompressor = Decompressor()
          var plain = PaddedBuffer()
          _ = decompressor.expand(PaddedBuffer(bad), into: &plain)
          #expect(plain.count < 1000, "byte \(index) is \(value)")
        }
      }
    }
  }
}
