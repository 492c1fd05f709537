// SPDX-License-Identifier: Apache-2.0
import Testing

/// What must hold of the sources themselves.
@Suite struct RepositoryTests {
  private let graph = ModuleGraph(package: Repository.text("Package.swift") ?? "")
  private let files = Repository.swiftFiles

  @Test func `the sources are found`() {
    #expect(graph.stages.count >= 15)
    #expect(Repository.stageFiles.count > 20)
    #expect(graph.stages.first?.name == "Vocabulary")
    #expect(graph.stages.last?.name == "CommandLineTool")
  }

  @Test func `data flows one way`() { expectNone(graph.violations) }

  @Test func `a module imports what the package table lets it`() {
    expectNone(files.flatMap(graph.violations))
  }

  @Test func `files are short`() { expectNone(files.flatMap(SourceRules.fileLength)) }

  @Test func `functions are short`() { expectNone(files.flatMap(SourceRules.functionLength)) }

  @Test func `every file names its licence`() {
    expectNone(files.flatMap(SourceRules.license))
  }

  @Test func `nothing is left for later`() { expectNone(files.flatMap(SourceRules.leftovers)) }

  @Test func `stages do not touch the world`() {
    expectNone(files.flatMap(SourceRules.bannedCalls))
  }

  @Test func `unsafe code is fenced`() { expectNone(SourceRules.unsafeCode(files)) }

  @Test func `no type is named like a module`() {
    let modules = Set(graph.stages.map(\.name))
    expectNone(files.filter { !$0.isTest }.flatMap { SourceRules.typeNames($0, modules: modules) })
  }

  @Test(.enabled(if: Repository.text("ARCHITECTURE.md") != nil))
  func `every invariant names a test that there is`() {
    expectNone(
      ArchitectureDocument.violations(
        in: Repository.text("ARCHITECTURE.md") ?? "",
        knownTests: ArchitectureDocument.tests(in: files)))
  }

  private func expectNone(_ violations: [String]) {
    for violation in violations { Issue.record("\(violation)") }
  }
}
