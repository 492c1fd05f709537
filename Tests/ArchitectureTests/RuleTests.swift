// SPDX-License-Identifier: Apache-2.0
import Testing

/// Each rule, broken on purpose: a check that cannot fail holds nothing.
@Suite struct RuleTests {
  private func stage(_ text: String, in module: String = "Counts", file: String = "A.swift")
    -> SourceFile
  {
    SourceFile(path: "Sources/\(module)/\(file)", text: text)
  }

  private let graph = ModuleGraph(
    package: """
      let stages: [(name: String, uses: [String])] = [
        ("Vocabulary", []),
        ("Bytes", ["CLibdeflate"]),
        (
          "Counts",
          [
            "Vocabulary", "Bytes",
          ]
        ),
      ]
      let tests = [("CountsTests", ["Counts"])]
      """)

  @Test func `the package table is read`() {
    #expect(graph.stages.map(\.name) == ["Vocabulary", "Bytes", "Counts"])
    #expect(graph.stages.last?.uses == ["Vocabulary", "Bytes"])
    #expect(graph.violations.isEmpty)
  }

  @Test func `an edge against the data is found`() {
    let turned = ModuleGraph(package: "let stages = [\n(\"A\", [\"B\"]),\n(\"B\", [\"CSV\"])\n]")
    #expect(turned.violations.count == 2)
  }

  @Test(arguments: [
    ("import Vocabulary\npublic import Bytes", 0), ("import Insights", 1), ("import Glibc", 1),
    ("@testable import Insights", 1), ("import struct Foundation.Data", 1),
    ("// import Foundation", 0), ("let x = \"import Foundation\"", 0),
  ])
  func `imports`(text: String, count: Int) {
    #expect(graph.violations(in: stage(text)).count == count)
  }

  @Test func `long files and functions`() {
    let lines = { (count: Int) in String(repeating: "let x = 1\n", count: count) }
    #expect(SourceRules.fileLength(stage(lines(398))).isEmpty)
    #expect(SourceRules.fileLength(stage(lines(400))).count == 1)
    let function = { (count: Int) in "struct A {\n  func f() {\n\(lines(count))}\n}\n" }
    #expect(SourceRules.functionLength(stage(function(68))).isEmpty)
    #expect(SourceRules.functionLength(stage(function(69))).count == 1)
    let property = "var x: Int {\n\(lines(70))}\n"
    #expect(SourceRules.functionLength(stage(property)).count == 1)
    #expect(SourceRules.functions(in: stage("protocol P {\n  func f()\n}\n")).isEmpty)
    let braces = "func f() {\n  let a = \"{{{\" // {{\n}\n"
    #expect(SourceRules.functions(in: stage(braces)).map(\.lineCount) == [3])
  }

  @Test func `licence and leftovers`() {
    #expect(SourceRules.license(stage("import A\n")).count == 1)
    #expect(SourceRules.license(stage("// SPDX-License-Identifier: Apache-2.0\n")).isEmpty)
    #expect(SourceRules.leftovers(stage("// TO" + "DO: later")).count == 1)
    #expect(SourceRules.leftovers(stage("// done")).isEmpty)
  }

  @Test(arguments: [
    "print(1)", "let d = Date()", "FileManager.default", "unsafe getenv(\"x\")",
    "ContinuousClock.now", "x.shuffled()", "Int.random(in: 0...1)", "readLine()",
    "var h = Hasher()", "a.hashValue", "time(nil)", "exit(1)",
  ])
  func `calls that stages may not make`(call: String) {
    #expect(SourceRules.bannedCalls(stage(call)).count == 1)
    #expect(SourceRules.bannedCalls(stage(call, in: "CommandLineTool")).isEmpty)
    #expect(SourceRules.bannedCalls(stage("// \(call)")).isEmpty)
  }

  @Test(arguments: [
    "x.random(in: 0...1, using: &seed)", "console.print(1)", "footprint(x)", "eventTime(x)",
    "let startDate = x", "\"print(1)\"", "func hash(into hasher: inout HasherLike)",
  ])
  func `calls that stages may make`(call: String) {
    #expect(SourceRules.bannedCalls(stage(call)).isEmpty)
  }

  @Test func `unsafe code`() {
    #expect(SourceRules.unsafeCode([stage("let x = unsafe y")]).count == 1)
    #expect(SourceRules.unsafeCode([stage("final class A: @unchecked Sendable {}")]).count == 1)
    #expect(SourceRules.unsafeCode([stage("let x = unsafe y", in: "Bytes")]).isEmpty)
    #expect(SourceRules.unsafeCode([stage("// unsafe")]).isEmpty)
    let edge = ["A.swift", "B.swift"].map { stage("unsafe f()", in: "Trails", file: $0) }
    #expect(SourceRules.unsafeCode([edge[0]]).isEmpty)
    #expect(SourceRules.unsafeCode(edge).count == 2)
  }

  @Test func `types named like modules`() {
    let modules: Set<String> = ["Counts"]
    #expect(SourceRules.typeNames(stage("public struct Counts {"), modules: modules).count == 1)
    #expect(SourceRules.typeNames(stage("struct CountsTable {"), modules: modules).isEmpty)
  }

  @Test(arguments: [
    ("## What must hold\n1. One way. `ATests`\n", 0), ("## Invariants\n1. One way.\n", 1),
    ("## Invariants\n1. One way. `NoTests`\n", 1), ("# Other\n1. One way.\n", 1),
    ("## Invariants\n1. One\n   way (`ATests`).\n2. Two: `ATests.f`, `BTests`\n", 1),
  ])
  func `invariants`(document: String, count: Int) {
    let found = ArchitectureDocument.violations(in: document, knownTests: ["ATests"])
    #expect(found.count == count)
  }
}
