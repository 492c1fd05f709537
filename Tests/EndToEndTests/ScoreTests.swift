// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// `score` through the real binary.
@Suite struct ScoreTests {
  private static let header = "timestamp,value,expected,lower,upper,anomaly_score"

  private func table(rows count: Int) -> String {
    var generator = SeededGenerator(seed: 7)
    var text = "timestamp,value\n"
    for row in 0..<count {
      let value = row == 700 ? 99 : Int.random(in: 5...9, using: &generator)
      text += "\(1_392_388_200 + 300 * row),\(value)\n"
    }
    return text
  }

  private func score(_ text: String, _ options: [String] = []) throws -> Tool.Run {
    try Tool.run(["score", "-"] + options, input: Array(text.utf8))
  }

  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
  }

  @Test func `each row is echoed with what was expected`() throws {
    let run = try score(table(rows: 1000))
    #expect(run.status == 0 && run.err.isEmpty)
    let rows = lines(run.out)
    #expect(rows.count == 1001 && rows.first == Self.header)
    let cells = rows[701].split(separator: ",").map(String.init)
    #expect(cells[0] == "1392598200" && cells[1] == "99")
    #expect(try #require(Double(cells[5])) > 4)
    let expected = try #require(Double(cells[2]))
    #expect((5...9).contains(expected))
  }

  @Test func `the score of a prefix is the prefix of the score`() throws {
    let whole = lines(try score(table(rows: 1000)).out)
    let prefix = lines(try score(table(rows: 600)).out)
    #expect(prefix == Array(whole.prefix(601)))
  }

  @Test func `a file, standard input and a written table are the same`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array(table(rows: 500).utf8), to: "a.csv")
    let direct = try Tool.run(["score", "a.csv"], in: folder)
    let piped = try score(self.table(rows: 500))
    #expect(direct.out == piped.out)
    let written = try Tool.run(["score", "--csv", "s.csv", "a.csv"], in: folder)
    let table = try folder.text("s.csv")
    #expect(written.out.isEmpty && table == direct.out)
  }

  @Test func `several files are scored one by one under one header`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array(table(rows: 300).utf8), to: "a.csv")
    let alone = lines(try Tool.run(["score", "a.csv"], in: folder).out)
    let twice = lines(try Tool.run(["score", "a.csv", "a.csv"], in: folder).out)
    #expect(twice == alone + alone.dropFirst())
    let missing = try Tool.run(["score", "no.csv", "a.csv"], in: folder)
    #expect(missing.status == 3 && lines(missing.out) == alone)
    #expect(missing.complaints == ["trail-insights: no.csv: No such file or directory"])
    #expect(try Tool.run(["score", "no.csv"], in: folder).status == 2)
  }

  @Test func `bad rows are named, echoed and passed over`() throws {
    let text = """
      TimeStamp,"Label",Value
      2014-02-14 14:30:00,0,1
      2014-02-14T14:35:00Z,0,2
      2014-02-14 14:40:00.000,0,
      yesterday,0,3
      2014-02-14 14:45:00,0,=1+1
      2014-02-14 14:50:00,0,4
      2014-02-14 14:50:00,0,5
      2014-02-14 15:50:00,0,6

      """
    let run = try score(text)
    #expect(run.status == 3)
    let rows = lines(run.out)
    #expect(rows.count == 9)
    #expect(rows[3] == "2014-02-14 14:40:00.000,,,,,")
    #expect(rows[4] == "yesterday,3,,,,")
    #expect(rows[5] == "2014-02-14 14:45:00,'=1+1,,,,")
    #expect(rows[6].hasPrefix("2014-02-14 14:50:00,4,"))
    #expect(
      run.complaints == [
        "trail-insights: standard input: line 4: no value (and 1 row more like it)",
        "trail-insights: standard input: line 5: 'yesterday' is no time",
        "trail-insights: standard input: line 8: '2014-02-14 14:50:00' is at the time of the row above",
        "trail-insights: standard input: line 9: 3600 s after the row above, where 300 s is usual",
      ])
    #expect(try score(text, ["--quiet"]).err.isEmpty)
  }

  @Test(arguments: [
    ("", "standard input: it is empty"),
    ("time,count\n1,2\n", "standard input: line 1: no columns named timestamp and value"),
  ])
  func `what is no series is named`(text: String, reason: String) throws {
    let run = try score(text)
    #expect(run.status == 3 && run.complaints == ["trail-insights: " + reason])
    #expect(lines(run.out) == [Self.header])
  }

  @Test func `times of all kinds are echoed as they came`() throws {
    let times = ["1392388200", "1392388500000", "2014-02-14T14:40:00+00:00", "2014-02-14 14:45:00"]
    let run = try score(times.map { $0 + ",1\n" }.joined())
    #expect(run.status == 0 && run.err.isEmpty)
    #expect(lines(run.out).dropFirst().map { $0.prefix { $0 != "," } } == times.map { $0[...] })
  }
}
