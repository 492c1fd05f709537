// SPDX-License-Identifier: Apache-2.0

/// Owned bytes with room behind them that vector code may read.
///
/// Why: simdjson and other wide readers load whole registers past the last byte; `padding` readable
/// bytes behind `count` make that safe without a copy. The storage grows and is kept, so a buffer
/// that is filled again and again allocates only for a larger file.
@safe public struct PaddedBuffer: ~Copyable, @unchecked Sendable {
  /// Readable bytes behind the last.
  public static let padding = 64

  private var storage: UnsafeMutableRawBufferPointer
  /// Bytes that belong to the content.
  public private(set) var count = 0

  /// Creates an empty buffer.
  public init() {
    unsafe storage = .allocate(byteCount: Self.padding, alignment: 64)
    unsafe storage.initializeMemory(as: UInt8.self, repeating: 0)
  }

  /// Creates a buffer with a copy of some bytes.
  public init(_ bytes: [UInt8]) {
    self.init()
    append(bytes.span)
  }

  deinit { unsafe storage.deallocate() }

  /// Bytes that fit before the storage grows.
  public var capacity: Int { unsafe storage.count - Self.padding }

  /// The content.
  public var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      let content = unsafe UnsafeRawBufferPointer(rebasing: storage[..<count])
      let span = unsafe Span<UInt8>(_unsafeBytes: content)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// A copy of the content.
  public var array: [UInt8] { unsafe [UInt8](storage[..<count]) }

  /// Makes room for a number of bytes in all, and keeps the content.
  public mutating func reserve(_ capacity: Int) {
    guard capacity > self.capacity else { return }
    let larger = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(capacity, 2 * self.capacity) + Self.padding, alignment: 64)
    unsafe larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[..<count]))
    unsafe storage.deallocate()
    unsafe storage = larger
  }

  /// Empties the buffer and keeps its storage.
  public mutating func removeAll() {
    count = 0
  }

  /// Keeps the first bytes only.
  ///
  /// - Precondition: `0 <= newCount <= count`.
  public mutating func truncate(to newCount: Int) {
    precondition(newCount >= 0 && newCount <= count, "a buffer cannot be cut longer")
    count = newCount
    clearPadding()
  }

  /// Drops the first bytes and moves the others to the front.
  ///
  /// - Precondition: `0 <= dropped <= count`.
  public mutating func removeFirst(_ dropped: Int) {
    precondition(dropped >= 0 && dropped <= count, "only what is there can be dropped")
    let rest = unsafe UnsafeRawBufferPointer(rebasing: storage[dropped..<count])
    unsafe storage.copyMemory(from: rest)
    count -= dropped
    clearPadding()
  }

  /// Adds bytes at the end.
  public mutating func append(_ bytes: Span<UInt8>) {
    unsafe append(room: bytes.count) { free in
      unsafe bytes.withUnsafeBytes { unsafe free.copyMemory(from: $0) }
      return bytes.count
    }
  }

  /// Lets a C function write at the end.
  ///
  /// - Parameters:
  ///   - room: How many bytes it may write.
  ///   - write: Gets exactly that room and returns how many bytes it wrote.
  @unsafe public mutating func append(
    room: Int, by write: (UnsafeMutableRawBufferPointer) -> Int
  ) {
    reserve(count + room)
    let free = unsafe UnsafeMutableRawBufferPointer(rebasing: storage[count..<count + room])
    let written = unsafe write(free)
    precondition(written >= 0 && written <= room, "more was written than there is room for")
    count += written
    clearPadding()
  }

  private mutating func clearPadding() {
    for index in count..<count + Self.padding { unsafe storage[index] = 0 }
  }
}
