// SPDX-License-Identifier: Apache-2.0
import Bytes
import Foundation
import Testing
import Trails
import Vocabulary

@Suite("Reading trail files")
struct TrailReaderTests {
  private struct Piece: Equatable {
    let offset: Int
    let text: String
  }

  private func pieces(_ content: Data, pieceLength: Int = 1 << 20) throws -> ([Piece], [Fault]) {
    let folder = try TemporaryFolder()
    try folder.write("file", content)
    var reader = TrailReader(pieceLength: pieceLength)
    var pieces: [Piece] = []
    let file = TrailFile(path: folder.path + "/file", size: content.count)
    let faults = reader.forEachPiece(of: file) { bytes, offset in
      let text = bytes.bytes.indices.map { bytes.bytes[$0] }
      pieces.append(Piece(offset: offset, text: String(decoding: text, as: UTF8.self)))
    }
    #expect(reader.bytesRead == content.count)
    return (pieces, faults)
  }

  @Test("A small file is one piece", arguments: ["", "x", "{\"Records\":[]}"])
  func smallFile(text: String) throws {
    let (pieces, faults) = try pieces(Data(text.utf8))
    #expect(pieces == [Piece(offset: 0, text: text)] && faults.isEmpty)
  }

  @Test(
    "Pieces are cut between values or lines and make up the file",
    arguments: [
      "{\"a\":\"}{\\\"\"}{\"b\":[1,{}]}  {\"c\":2}", "{\"a\":1}\n{\"b\":\"\\\\\"}\n{\"c\":3}\n",
      "a,b\nc,\"d\"\ne,f\n", "{\n \"a\": 1\n}\n{\n \"b\": {\n }\n}\n", "no end at all",
      "{\"cut\":\"in str\n{\"next\":1}\n{\"more\":\n{\"last\":2}",
    ])
  func cuts(text: String) throws {
    for pieceLength in 1...text.utf8.count {
      let (pieces, faults) = try pieces(Data(text.utf8), pieceLength: pieceLength)
      #expect(faults.isEmpty && pieces.map(\.text).joined() == text)
      var offset = 0
      for piece in pieces {
        #expect(piece.offset == offset)
        offset += piece.text.utf8.count
        let opened = piece.text.filter { "{".contains($0) }.count
        let closed = piece.text.filter { "}".contains($0) }.count
        #expect(opened == closed || text.contains("cut") || text.contains("}{\\"))
      }
    }
  }

  @Test("What cannot be read is a fault with the system's words")
  func unreadable() throws {
    let folder = try TemporaryFolder()
    var reader = TrailReader()
    let missing = reader.forEachPiece(of: TrailFile(path: folder.path + "/no", size: 5)) { _, _ in }
    #expect(missing.map(\.kind) == [.unreadable] && missing.first?.skippedBytes == 5)
    #expect(missing.first?.reason == "No such file or directory")
    let isFolder = reader.forEachPiece(of: TrailFile(path: folder.path, size: 0)) { _, _ in }
    #expect(isFolder.map(\.reason) == ["Is a directory"])
  }

  @Test("Damage in compressed bytes is a fault of the file, in the plain content")
  func damagedGzip() throws {
    // An empty gzip file with its last bytes cut off.
    let gzip: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0]
    let (pieces, faults) = try pieces(Data(gzip), pieceLength: 4)
    #expect(pieces == [Piece(offset: 0, text: "")])
    #expect(faults.map(\.kind) == [.truncatedGzip])
  }
}
