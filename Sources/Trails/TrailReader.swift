// SPDX-License-Identifier: Apache-2.0
public import Bytes
public import Vocabulary

/// Reads files of trail data, expands them and hands them on in pieces.
///
///     let faults = reader.forEachPiece(of: file) { bytes, offset in
///       decoder.decode(bytes, origin: EventOrigin(file: file.path, offset: offset), into: &batch)
///     }
///
/// Compressed files are expanded whole. Plain ones beyond `pieceLength`, and standard input, come in
/// pieces cut between JSON values or lines, so that memory stays bounded; standard input comes as
/// soon as a whole value is there. The buffers are used again from file to file.
public struct TrailReader: ~Copyable {
  private var decompressor: Decompressor
  private var raw = PaddedBuffer()
  private var plain = PaddedBuffer()
  private let pieceLength: Int
  private let cutsAnywhere: Bool
  /// Bytes that `forEachPiece` read from the file last, as stored.
  public private(set) var bytesRead = 0

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - pieceLength: Plain bytes beyond which a file is read in pieces.
  ///   - cutsAnywhere: Whether pieces may end within a value: the receiver puts them together.
  ///   - plainLimit: Plain bytes of one compressed file beyond which it is cut off.
  public init(
    pieceLength: Int = 64 << 20, cutsAnywhere: Bool = false, plainLimit: Int = 4 << 30 - 1
  ) {
    precondition(pieceLength > 0, "a piece must hold something")
    self.pieceLength = pieceLength
    self.cutsAnywhere = cutsAnywhere
    decompressor = Decompressor(plainLimit: plainLimit)
  }

  /// Hands all of a file on, piece by piece, with the offset of each in the plain content.
  ///
  /// - Returns: What could not be read or expanded.
  public mutating func forEachPiece(
    of file: TrailFile, _ body: (borrowing PaddedBuffer, _ offset: Int) -> Void
  ) -> [Fault] {
    bytesRead = 0
    raw.removeAll()
    do {
      let handle = try FileSystem.Handle(file.path)
      return try read(handle, file, body)
    } catch {
      return [
        Fault(
          kind: .unreadable, file: file.path, offset: 0,
          skippedBytes: max(0, file.size - bytesRead),
          reason: error.reason)
      ]
    }
  }

  /// Hands on content that was already fetched, as if a file of that name held it.
  ///
  /// - Returns: What could not be expanded.
  public mutating func expand(
    _ content: [UInt8], named name: String, _ body: (borrowing PaddedBuffer, _ offset: Int) -> Void
  ) -> [Fault] {
    bytesRead = content.count
    raw.removeAll()
    raw.append(content.span)
    return expandWhole(named: name, body)
  }

  private mutating func read(
    _ handle: borrowing FileSystem.Handle, _ file: TrailFile,
    _ body: (borrowing PaddedBuffer, Int) -> Void
  ) throws(FileSystem.Refusal) -> [Fault] {
    let isWhole = try fill(handle, upTo: min(file.size + 1, pieceLength))
    if !isWhole, !Decompressor.isCompressed(raw.bytes) {
      if cutsAnywhere { try readAnyPieces(handle, body) } else { try readPieces(handle, body) }
      return []
    }
    if !isWhole { while try !fill(handle, upTo: raw.count + 16 << 20) {} }
    return expandWhole(named: file.path, body)
  }

  /// Hands on all that was read, expanded where it is compressed.
  private mutating func expandWhole(
    named name: String, _ body: (borrowing PaddedBuffer, Int) -> Void
  ) -> [Fault] {
    let expansion = decompressor.expand(raw, into: &plain)
    if expansion.isPlain { body(raw, 0) } else { body(plain, 0) }
    return expansion.faults.map { fault in
      Fault(
        kind: Fault.Kind(rawValue: fault.kind.rawValue) ?? .damagedGzip, file: name,
        offset: fault.offset, skippedBytes: fault.skippedBytes, reason: fault.reason)
    }
  }

  /// Reads until there are `count` bytes; returns whether the file ended before.
  private mutating func fill(
    _ handle: borrowing FileSystem.Handle, upTo count: Int
  ) throws(FileSystem.Refusal) -> Bool {
    while raw.count < max(count, 4) {
      let added = try handle.read(into: &raw, room: max(count - raw.count, 64 << 10))
      bytesRead += added
      if added == 0 { return true }
    }
    return false
  }

  /// Hands on what is there until the file ends.
  private mutating func readAnyPieces(
    _ handle: borrowing FileSystem.Handle, _ body: (borrowing PaddedBuffer, Int) -> Void
  ) throws(FileSystem.Refusal) {
    var offset = 0
    repeat {
      body(raw, offset)
      offset += raw.count
      raw.removeAll()
      bytesRead += try handle.read(into: &raw, room: pieceLength)
    } while raw.count > 0
  }

  /// Hands on what is there, cut after its last whole value, until the file ends.
  private mutating func readPieces(
    _ handle: borrowing FileSystem.Handle, _ body: (borrowing PaddedBuffer, Int) -> Void
  ) throws(FileSystem.Refusal) {
    var cutter = PieceCutter()
    while true {
      cutter.handOn(&raw, all: false, body)
      let added = try handle.read(into: &raw, room: pieceLength)
      bytesRead += added
      if added == 0 { break }
    }
    cutter.handOn(&raw, all: true, body)
  }
}
