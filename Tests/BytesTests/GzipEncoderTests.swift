// SPDX-License-Identifier: Apache-2.0
import Bytes
import Testing

@Suite struct GzipEncoderTests {
  @Test("A member begins with the magic number and ends with the length", arguments: [1, 6, 12])
  func frame(level: Int) {
    let encoder = GzipEncoder(level: level)
    for count in [0, 1, 70_000] {
      let member = encoder.encode((0..<count).map { UInt8(truncatingIfNeeded: $0 / 3) })
      #expect(member.prefix(3) == [0x1F, 0x8B, 8])
      let length = member.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      #expect(length == count)
      #expect(count < 1000 || member.count < count / 10)
      // No time in the header: equal bytes give equal members.
      #expect(member[4..<8] == [0, 0, 0, 0])
    }
  }

  @Test("A level that there is not is a programmer's error")
  func badLevel() async {
    await #expect(processExitsWith: .failure) { _ = GzipEncoder(level: 0) }
  }
}
