// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import CommandLineTool

@Suite struct ArgumentParserTests {
  @Test(
    arguments: [
      ([], .nothing), (["--help"], .help(nil)), (["-h"], .help(nil)), (["help"], .help(nil)),
      (["help", "count"], .help(.count)), (["detect", "--help"], .help(.detect)),
      (["--version"], .version), (["detect", "x", "--version"], .version),
      (["detect", "a", "-"], .command(.init(name: .detect, operands: ["a", "-"]))),
      (
        ["detect", "--csv", "f", "a", "--json=g=h"],
        .command(.init(name: .detect, options: [.csv: "f", .json: "g=h"], operands: ["a"]))
      ),
      (
        ["detect", "--quiet", "--", "--csv", "--"],
        .command(.init(name: .detect, options: [.quiet: ""], operands: ["--csv", "--"]))
      ),
      (
        ["detect", "--threads", "1", "--threads=2", "a"],
        .command(.init(name: .detect, options: [.threads: "2"], operands: ["a"]))
      ),
      (
        ["detect", "--csv", "-", "a"],
        .command(.init(name: .detect, options: [.csv: "-"], operands: ["a"]))
      ),
      (
        ["detect", "--alerts-per-week", "-1"],
        .command(.init(name: .detect, options: [.alertsPerWeek: "-1"]))
      ),
    ] as [([String], Arguments)])
  func `what was typed`(arguments: [String], meaning: Arguments) throws {
    #expect(try ArgumentParser.parse(arguments) == meaning)
  }

  @Test(
    arguments: [
      (["detct"], .unknownCommand("detct")), (["help", "x"], .unknownCommand("x")),
      (["--csv"], .unknownOption("--csv", command: nil)),
      (["detect", "--nope=1"], .unknownOption("--nope", command: .detect)),
      (["detect", "-q"], .unknownOption("-q", command: .detect)),
      (["count", "--json", "x"], .unknownOption("--json", command: .count)),
      (["detect", "--csv"], .missingValue(option(.csv), command: .detect)),
      (["detect", "--csv", "--json", "x"], .missingValue(option(.csv), command: .detect)),
      (["detect", "--quiet=yes"], .unexpectedValue(option(.quiet), value: "yes")),
    ] as [([String], ArgumentError)])
  func `what cannot be meant`(arguments: [String], error: ArgumentError) {
    #expect(throws: error) { try ArgumentParser.parse(arguments) }
  }

  @Test(
    arguments: [
      ("--jsn", "--json"), ("--cvs", "--csv"), ("--alerts", "--alerts-per-week"),
      ("--baseline", "--baseline-days"), ("--xyz", nil), ("--exitcode", "--exit-code"), ("", nil),
    ] as [(String, String?)])
  func `the nearest option is suggested`(typed: String, suggested: String?) {
    #expect(nearest(to: typed, in: Command.detect.options.map(\.spelling)) == suggested)
  }

  @Test(arguments: [("", "", 0), ("ab", "ba", 1), ("kitten", "sitting", 3), ("abc", "", 3)])
  func `letters swapped, put in, left out or changed count one`(
    left: String, right: String, distance: Int
  ) {
    #expect(editDistance(left, right) == distance)
    #expect(editDistance(right, left) == distance)
  }

  @Test func `every option of the table is told apart and explained`() {
    for name in Command.Name.allCases {
      let command = Command.named(name)
      #expect(command.name == name)
      #expect(Set(command.options.map(\.name)).count == command.options.count)
      for line in HelpText.command(name).split(separator: "\n") {
        #expect(line.count <= 80, "\(line)")
      }
    }
  }
}

private func option(_ name: OptionName) -> Option { Option(name: name, value: nil, help: "") }
