// SPDX-License-Identifier: Apache-2.0
import CSV
import TestSupport
import Testing

@Suite("CSV")
struct CSVTests {
  private func rows(_ text: String) -> [[String]] {
    var reader = CSVReader(Array(text.utf8))
    var rows: [[String]] = []
    while let row = reader.next() { rows.append(row) }
    return rows
  }

  @Test("reads cells, quotes, doubled quotes and line ends inside quotes")
  func reads() {
    #expect(
      rows("a,\"b,\"\"c\"\"\",\"d\ne\"\r\n,,\nlast")
        == [["a", "b,\"c\"", "d\ne"], ["", "", ""], ["last"]])
  }

  @Test("passes over a byte order mark and empty lines")
  func markAndEmptyLines() {
    #expect(rows("\u{FEFF}a,b\n\n\nc,d\n") == [["a", "b"], ["c", "d"]])
  }

  @Test("a quote that is never closed runs to the end and is said")
  func unterminated() {
    var reader = CSVReader(Array("a,\"b\nc".utf8))
    #expect(reader.next() == ["a", "b\nc"])
    #expect(reader.isUnterminated)
  }

  @Test("numbers are written as their texts are, and cells again as they were written")
  func numbersAndWrittenCells() {
    for number in [0, 7, 10, -1, 1_234_567_890, Int.max, Int.min] {
      var writer = CSVWriter()
      writer.textCell("a,b")
      writer.cell(number)
      let cells = writer.takeCells()
      writer.cell("first")
      writer.writtenCells(cells[...])
      writer.endRow()
      #expect(String(decoding: writer.bytes, as: UTF8.self) == "first,\"a,b\",\(number)\n")
    }
  }

  @Test("cells that a spreadsheet would run are made safe, and read back")
  func formulas() {
    for text in ["=1+1", "+1", "-1", "@x", "\tx", "\rx"] {
      var writer = CSVWriter()
      writer.textCell(text)
      writer.endRow()
      let read = rows(String(decoding: writer.bytes, as: UTF8.self))
      #expect(read == [["'" + text]])
      #expect(withoutFormulaGuard(read[0][0]) == text)
    }
    #expect(withoutFormulaGuard("'quoted'") == "'quoted'")
  }

  @Test("what is written is read back, whatever the cells hold")
  func roundTrip() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SeededGenerator(seed: seed)
    let alphabet: [Character] = ["a", ",", "\"", "\n", "\r", " ", "é", "=", "'", "😀"]
    for _ in 0..<300 {
      let table = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        (0..<3).map { _ in
          String(
            (0..<Int.random(in: 0...6, using: &generator)).compactMap { _ in
              alphabet.randomElement(using: &generator)
            })
        }
      }
      var writer = CSVWriter()
      for row in table {
        for cell in row { writer.cell(cell) }
        writer.endRow()
      }
      let read = rows(String(decoding: writer.bytes, as: UTF8.self))
      #expect(read == table, "SeededGenerator(seed: \(seed))")
    }
  }
}
