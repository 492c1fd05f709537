// SPDX-License-Identifier: Apache-2.0
import Bytes
import Foundation
import Testing

@Suite("Expanding compressed bytes")
struct DecompressorTests {
  static let text = (0..<40).map { "{\"eventName\":\"Call\($0)\"}\n" }.joined()
  static let gzip = bytes(
    "H4sIAAAAAAACA3XSIRKDQABDUc8x9gQkKbTU1vcOiHWAYmqY3p1B89d+9yY5Sv3Vbf/Oay3v8pmXpS//7rhVYTXWYH1gHbCO"
      + "WJ9YX1gnVjRwrBPzxD4xUCwUE8VGMVKsNCvd2JCVZqVZaVaalWalWWlWhpVhZRpXZWVYGVaGlWFlWJlLeQID0FjQjgMAAA=="
  )
  static let zstd = bytes(
    "KLUv/WCOAvUCABIEDRGg7VPSG6MPF3YL+TJk+lHFA2Dq2d3d3d39////bdu27WMKGWJvMDW0tpIiZW4p+FhkKgMnqBHw6/8G"
      + "gKPSAxH8OwRBP3J1TxPdueaWS25cceGCy5VSJoAEoho=")
  /// A folder, ten lines deflated, what two systems add, and a gzip file stored.
  static let zip = bytes(
    [
      "UEsDBBQAAAAAAAAAIVwAAAAAAAAAAAAAAAACAAAAYS9QSwMEFAAAAAgAAAAhXG9krFc3AAAA5gAAAAoAAABh",
      "L29uZS5qc29uq1ZKLUvNK/FLzE1VslJyTszJMVCq5arGEDXEKmqEVdQYq6gJVlFTrKJmWEXNsYpaYBW1RBEF",
      "AFBLAwQUAAAAAAAAACFcHyiqZwIAAAACAAAADAAAAF9fTUFDT1NYL2EveG5vUEsDBBQAAAAAAAAAIVwfKKpn",
      "AgAAAAIAAAALAAAAYS8uRFNfU3RvcmVub1BLAwQUAAAAAAAAACFc+nHM3icAAAAnAAAACwAAAHR3by5qc29u",
      "Lmd6H4sIAAAAAAACA6tWSi1LzSvxS8xNVbJSCinPV6oFAM8dmmETAAAAUEsBAhQDFAAAAAAAAAAhXAAAAAAA",
      "AAAAAAAAAAIAAAAAAAAAAAAAAIABAAAAAGEvUEsBAhQDFAAAAAgAAAAhXG9krFc3AAAA5gAAAAoAAAAAAAAA",
      "AAAAAIABIAAAAGEvb25lLmpzb25QSwECFAMUAAAAAAAAACFcHyiqZwIAAAACAAAADAAAAAAAAAAAAAAAgAF/",
      "AAAAX19NQUNPU1gvYS94UEsBAhQDFAAAAAAAAAAhXB8oqmcCAAAAAgAAAAsAAAAAAAAAAAAAAIABqwAAAGEv",
      "LkRTX1N0b3JlUEsBAhQDFAAAAAAAAAAhXPpxzN4nAAAAJwAAAAsAAAAAAAAAAAAAAIAB1gAAAHR3by5qc29u",
      "Lmd6UEsFBgAAAAAFAAUAFAEAACYBAAAAAA==",
    ].joined())

  static func bytes(_ base64: String) -> [UInt8] { Array(Data(base64Encoded: base64) ?? Data()) }

  private func expand(
    _ raw: [UInt8], limit: Int = 1 << 30
  ) -> (text: String, isPlain: Bool, faults: [ByteFault]) {
    var decompressor = Decompressor(plainLimit: limit)
    var plain = PaddedBuffer()
    let expansion = decompressor.expand(PaddedBuffer(raw), into: &plain)
    let bytes = plain.bytes.indices.map { plain.bytes[$0] }
    return (String(decoding: bytes, as: UTF8.self), expansion.isPlain, expansion.faults)
  }

  @Test("Plain bytes are left alone", arguments: ["", "{", "\u{1F}", "text"])
  func plain(text: String) {
    let (expanded, isPlain, faults) = expand(Array(text.utf8))
    #expect(isPlain && expanded.isEmpty && faults.isEmpty)
  }

  @Test("One member, several, and padding with zeros")
  func members() {
    for count in 1...3 {
      let raw = Array([[UInt8]](repeating: Self.gzip, count: count).joined()) + [0, 0, 0]
      let (text, isPlain, faults) = expand(raw)
      #expect(!isPlain && faults.isEmpty)
      #expect(text == String(repeating: Self.text, count: count))
    }
  }

  @Test("Bytes after the last member are a fault, and no more")
  func trailingBytes() {
    let (text, _, faults) = expand(Self.gzip + [1, 2, 3])
    #expect(text == Self.text && faults.map(\.kind) == [.trailingBytes])
    #expect(faults.first?.skippedBytes == 3)
  }

  @Test("A file cut at any byte keeps what stands before the cut")
  func cutAnywhere() {
    var longest = 0
    for length in 3..<Self.gzip.count {
      let (text, _, faults) = expand(Array(Self.gzip[..<length]))
      #expect(faults.map(\.kind) == [.truncatedGzip], "cut at \(length)")
      #expect(Self.text.hasPrefix(text), "cut at \(length)")
      #expect(text.utf8.count >= longest, "cut at \(length)")
      longest = text.utf8.count
    }
    #expect(longest == Self.text.utf8.count)
  }

  @Test("Damage anywhere is told and loses no other member")
  func damage() {
    for index in 10..<Self.gzip.count {
      var bad = Self.gzip
      bad[index] ^= 0x55
      let (text, _, faults) = expand(Self.gzip + bad + Self.gzip)
      #expect(!faults.isEmpty, "damaged at \(index)")
      #expect(text.hasPrefix(Self.text), "damaged at \(index)")
    }
  }

  @Test("A bomb stops at the limit")
  func limit() {
    let (text, _, faults) = expand(Self.gzip, limit: 100)
    #expect(text.utf8.count == 100 && faults.map(\.kind) == [.tooLarge])
    let (cut, _, zstdFaults) = expand(Self.zstd, limit: 100)
    #expect(cut.utf8.count == 100 && zstdFaults.map(\.kind) == [.tooLarge])
  }

  @Test("zstd, whole and cut")
  func zstandard() {
    let (text, _, faults) = expand(Self.zstd + Self.zstd)
    #expect(text == Self.text + Self.text && faults.isEmpty)
    for length in 4..<Self.zstd.count {
      let (text, _, faults) = expand(Array(Self.zstd[..<length]))
      #expect(Self.text.hasPrefix(text) && faults.map(\.kind) == [.damagedArchive], "\(length)")
    }
  }

  @Test("zip: the files, without what systems add")
  func zipArchive() {
    let (text, _, faults) = expand(Self.zip)
    let lines = String(decoding: Self.text.utf8.prefix(230), as: UTF8.self)
    #expect(faults.isEmpty && text == lines + "\n{\"eventName\":\"Two\"}\n")
    for length in 4..<Self.zip.count {
      #expect(!expand(Array(Self.zip[..<length])).faults.isEmpty, "cut at \(length)")
    }
  }

  @Test("A buffer keeps zeros behind its bytes while it grows and shrinks")
  func padding() {
    var buffer = PaddedBuffer([1, 2, 3])
    buffer.append(Array(repeating: 7, count: 1000).span)
    buffer.removeFirst(2)
    buffer.truncate(to: 10)
    #expect(buffer.count == 10 && buffer.bytes[0] == 3 && buffer.bytes[9] == 7)
    #expect(buffer.capacity >= 1003)
  }
}
