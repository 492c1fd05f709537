// SPDX-License-Identifier: Apache-2.0

/// The files of zip archives, each checked against its CRC-32.
///
/// A file that fails the check is told and kept: what reads it says whether it still makes sense.
extension Decompressor {
  /// What is wrong with a file of an archive.
  private struct Flaw {
    var kind = ByteFault.Kind.damagedArchive
    var skippedBytes = 0
    let reason: String
  }

  mutating func expandZip(
    _ raw: Span<UInt8>, into plain: inout PaddedBuffer, depth: Int, _ faults: inout [ByteFault]
  ) {
    guard let directory = ZipDirectory(raw) else {
      let flaw = Flaw(skippedBytes: raw.count, reason: "the zip directory is damaged")
      return faults.append(fault(flaw, 0))
    }
    var file = PaddedBuffer()
    var inner = PaddedBuffer()
    for entry in directory.entries where entry.isWanted {
      file.removeAll()
      if let flaw = extract(entry, raw, into: &file, limit: plainLimit - plain.count) {
        faults.append(fault(flaw, plain.count))
      }
      guard file.count > 0 else { continue }
      if depth < Self.deepestNesting, Self.isCompressed(file.bytes) {
        expandAll(file.bytes, into: &inner, depth: depth + 1, &faults)
        plain.append(inner.bytes)
      } else {
        plain.append(file.bytes)
      }
      plain.append([UInt8(ascii: "\n")].span)
    }
  }

  /// Writes what a file of the archive holds and returns what is wrong with it, if anything.
  private func extract(
    _ entry: ZipDirectory.Entry, _ raw: Span<UInt8>, into file: inout PaddedBuffer, limit: Int
  ) -> Flaw? {
    guard let range = entry.content else {
      return Flaw(reason: "\(entry.name) is not where the zip directory says")
    }
    guard !entry.isEncrypted else {
      return Flaw(
        kind: .unsupportedArchive, skippedBytes: range.count, reason: "\(entry.name) is encrypted")
    }
    if let flaw = unpack(entry, raw.extracting(range), into: &file, limit: limit) { return flaw }
    guard GzipDecoder.checksum(file.bytes) != entry.checksum else { return nil }
    return Flaw(reason: "\(entry.name) does not match its checksum")
  }

  private func unpack(
    _ entry: ZipDirectory.Entry, _ content: Span<UInt8>, into file: inout PaddedBuffer, limit: Int
  ) -> Flaw? {
    switch entry.method {
    case ZipDirectory.stored where content.count <= limit: file.append(content)
    case ZipDirectory.stored:
      return Flaw(
        kind: .tooLarge, skippedBytes: content.count,
        reason: "\(entry.name) expands beyond the limit")
    case ZipDirectory.deflated
    where entry.plainCount <= limit
      && gzip.inflate(content, count: entry.plainCount, into: &file):
      break
    case ZipDirectory.deflated:
      // What stands before the damage is kept, and all of it where only the size was wrong.
      let (_, fault) = InflateStream.expand(content, as: .bare, into: &file, limit: limit)
      return fault.map { Self.flaw($0, entry.name) }
    case ZipDirectory.zstandard:
      let faults = ZstdDecoder.decode(content, into: &file, limit: limit)
      return faults.first.map { Self.flaw($0, entry.name) }
    default:
      return Flaw(
        kind: .unsupportedArchive, skippedBytes: content.count,
        reason: "\(entry.name) is packed by method \(entry.method), which is not known")
    }
    return nil
  }

  private static func flaw(_ fault: ByteFault, _ name: String) -> Flaw {
    fault.kind == .tooLarge
      ? Flaw(kind: .tooLarge, skippedBytes: fault.skippedBytes, reason: "\(name) \(fault.reason)")
      : Flaw(skippedBytes: fault.skippedBytes, reason: "\(name) is damaged")
  }

  private func fault(_ flaw: Flaw, _ offset: Int) -> ByteFault {
    ByteFault(
      kind: flaw.kind, offset: offset, skippedBytes: flaw.skippedBytes, reason: flaw.reason)
  }
}
