// SPDX-License-Identifier: Apache-2.0

/// The entries of a zip archive, by its central directory (APPNOTE.TXT 4.3).
struct ZipDirectory {
  struct Entry {
    let name: String
    /// 0 is stored, 8 is deflate.
    let method: Int
    let content: Range<Int>
    let plainCount: Int

    /// What a person zipped: no folder and none of the files that systems add.
    var isWanted: Bool {
      let parts = name.split(separator: "/")
      return !name.hasSuffix("/") && parts.first != "__MACOSX"
        && parts.last?.hasPrefix(".") == false
    }
  }

  let entries: [Entry]

  /// Whether a zip archive seems to begin here.
  static func isZip(_ bytes: Span<UInt8>) -> Bool { number(bytes, 0, 4) == 0x0403_4B50 }

  /// Reads the directory, `nil` where it is damaged or of the 64-bit kind.
  init?(_ bytes: Span<UInt8>) {
    guard let end = Self.endRecord(bytes), let count = Self.number(bytes, end + 10, 2),
      var position = Self.number(bytes, end + 16, 4)
    else { return nil }
    var entries: [Entry] = []
    for _ in 0..<count {
      guard let (entry, next) = Self.entry(bytes, at: position) else { return nil }
      entries.append(entry)
      position = next
    }
    self.entries = entries
  }

  /// The record at the end stands before a comment of at most 64 KiB.
  private static func endRecord(_ bytes: Span<UInt8>) -> Int? {
    var index = bytes.count - 22
    while index >= max(0, bytes.count - 22 - 65535) {
      if number(bytes, index, 4) == 0x0605_4B50 { return index }
      index -= 1
    }
    return nil
  }

  private static func entry(_ bytes: Span<UInt8>, at start: Int) -> (Entry, next: Int)? {
    guard number(bytes, start, 4) == 0x0201_4B50, let method = number(bytes, start + 10, 2),
      let size = number(bytes, start + 20, 4), let plainCount = number(bytes, start + 24, 4),
      let nameLength = number(bytes, start + 28, 2), let extra = number(bytes, start + 30, 2),
      let comment = number(bytes, start + 32, 2), let local = number(bytes, start + 42, 4),
      let localName = number(bytes, local + 26, 2), let localExtra = number(bytes, local + 28, 2),
      start + 46 + nameLength <= bytes.count
    else { return nil }
    let content = local + 30 + localName + localExtra
    guard content + size <= bytes.count else { return nil }
    let name = bytes.extracting(start + 46..<start + 46 + nameLength)
    let text = unsafe name.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    let entry = Entry(
      name: text, method: method, content: content..<content + size, plainCount: plainCount)
    return (entry, start + 46 + nameLength + extra + comment)
  }

  /// Reads a little-endian number, `nil` beyond the end.
  private static func number(_ bytes: Span<UInt8>, _ start: Int, _ length: Int) -> Int? {
    guard start >= 0, start + length <= bytes.count else { return nil }
    var value = 0
    for index in 0..<length { value |= Int(bytes[start + index]) << (8 * index) }
    return value
  }
}
