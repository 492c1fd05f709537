// SPDX-License-Identifier: Apache-2.0

/// The entries of a zip archive, by its central directory (APPNOTE.TXT 4.3).
///
/// Sizes and offsets may be of 64 bits (4.5.3): where a field of 32 bits is full, the true number
/// stands in an extra field, and that of the directory in a record of its own before the last.
struct ZipDirectory {
  struct Entry {
    let name: String
    let method: Int
    let isEncrypted: Bool
    /// CRC-32 of the plain content.
    let checksum: UInt32
    /// `nil` where the archive has no content at the place that the directory names.
    let content: Range<Int>?
    let plainCount: Int

    /// What a person zipped: no folder and none of the files that systems add.
    var isWanted: Bool {
      let parts = name.split(separator: "/")
      return !name.hasSuffix("/") && parts.first != "__MACOSX"
        && parts.last?.hasPrefix(".") == false
    }
  }

  /// The three numbers of an entry that may be of 64 bits.
  private struct Extent {
    var plainCount: Int
    var size: Int
    var local: Int
  }

  static let stored = 0
  static let deflated = 8
  static let zstandard = 93
  private static let full16 = 0xFFFF
  private static let full32 = 0xFFFF_FFFF

  let entries: [Entry]

  /// Whether a zip archive seems to begin here.
  static func isZip(_ bytes: Span<UInt8>) -> Bool { number(bytes, 0, 4) == 0x0403_4B50 }

  /// Reads the directory, `nil` where it is damaged.
  init?(_ bytes: Span<UInt8>) {
    guard let end = Self.endRecord(bytes), var (count, position) = Self.place(bytes, end) else {
      return nil
    }
    var entries: [Entry] = []
    while count > 0 {
      guard let (entry, next) = Self.entry(bytes, at: position) else { return nil }
      entries.append(entry)
      position = next
      count -= 1
    }
    self.entries = entries
  }

  /// The record at the end stands before a comment of at most 64 KiB.
  private static func endRecord(_ bytes: Span<UInt8>) -> Int? {
    var index = bytes.count - 22
    while index >= max(0, bytes.count - 22 - full16) {
      if number(bytes, index, 4) == 0x0605_4B50 { return index }
      index -= 1
    }
    return nil
  }

  /// How many entries there are, and where the first stands.
  private static func place(_ bytes: Span<UInt8>, _ end: Int) -> (count: Int, position: Int)? {
    guard let count = number(bytes, end + 10, 2), let position = number(bytes, end + 16, 4) else {
      return nil
    }
    guard count == full16 || position == full32, number(bytes, end - 20, 4) == 0x0706_4B50 else {
      return (count, position)
    }
    guard let record = number(bytes, end - 12, 8), number(bytes, record, 4) == 0x0606_4B50,
      let count = number(bytes, record + 32, 8), let position = number(bytes, record + 48, 8)
    else { return nil }
    return (count, position)
  }

  private static func entry(_ bytes: Span<UInt8>, at start: Int) -> (Entry, next: Int)? {
    guard number(bytes, start, 4) == 0x0201_4B50, let flags = number(bytes, start + 8, 2),
      let method = number(bytes, start + 10, 2), let checksum = number(bytes, start + 16, 4),
      let nameLength = number(bytes, start + 28, 2), let extra = number(bytes, start + 30, 2),
      let comment = number(bytes, start + 32, 2), start + 46 + nameLength + extra <= bytes.count,
      let extent = extent(bytes, start, extra: start + 46 + nameLength, length: extra)
    else { return nil }
    let name = bytes.extracting(start + 46..<start + 46 + nameLength)
    let text = unsafe name.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    let entry = Entry(
      name: text, method: method, isEncrypted: flags & 1 == 1, checksum: UInt32(checksum),
      content: content(bytes, extent), plainCount: extent.plainCount)
    return (entry, start + 46 + nameLength + extra + comment)
  }

  /// The sizes and the place of an entry, out of the 64-bit field as far as they are full.
  private static func extent(
    _ bytes: Span<UInt8>, _ start: Int, extra: Int, length: Int
  ) -> Extent? {
    guard let size = number(bytes, start + 20, 4), let plainCount = number(bytes, start + 24, 4),
      let local = number(bytes, start + 42, 4)
    else { return nil }
    var extent = Extent(plainCount: plainCount, size: size, local: local)
    var field = extra
    while field + 4 <= extra + length, number(bytes, field, 2) != 1 {
      field += 4 + (number(bytes, field + 2, 2) ?? 0)
    }
    // Only what is full stands there, always in this order.
    field += 4
    for part in [\Extent.plainCount, \.size, \.local] where extent[keyPath: part] == full32 {
      guard field + 8 <= extra + length, let number = number(bytes, field, 8) else { return nil }
      extent[keyPath: part] = number
      field += 8
    }
    return extent
  }

  /// Where the content stands, behind a header that repeats the entry.
  private static func content(_ bytes: Span<UInt8>, _ extent: Extent) -> Range<Int>? {
    guard number(bytes, extent.local, 4) == 0x0403_4B50,
      let name = number(bytes, extent.local + 26, 2),
      let extra = number(bytes, extent.local + 28, 2)
    else { return nil }
    let start = extent.local + 30 + name + extra
    return start + extent.size <= bytes.count ? start..<start + extent.size : nil
  }

  /// Reads a little-endian number, `nil` beyond the end and where no file is so large.
  private static func number(_ bytes: Span<UInt8>, _ start: Int, _ length: Int) -> Int? {
    guard start >= 0, start + length <= bytes.count else { return nil }
    var value = 0
    for index in 0..<length { value |= Int(bytes[start + index]) << (8 * index) }
    return 0..<1 << 48 ~= value ? value : nil
  }
}
