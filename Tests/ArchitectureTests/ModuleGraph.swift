// SPDX-License-Identifier: Apache-2.0

/// The table of stages of `Package.swift`: the way the data goes.
struct ModuleGraph {
  struct Stage {
    let name: String
    let uses: [String]
  }

  let stages: [Stage]

  /// What a module may import of the system; a module that is not named, nothing.
  static let systemImports: [String: Set<String>] = [
    // Special functions: lgamma, erfc, log.
    "Baselines": ["Glibc"], "Scores": ["Glibc"], "Insights": ["Glibc"], "Synthesis": ["Glibc"],
    "Bytes": ["Glibc"], "LinearAlgebra": ["Glibc"],
    // What is sorted once, for whoever asks first.
    "Counts": ["Synchronization"],
    // Where workers meet.
    "Engine": ["Synchronization"],
    "ObjectStores": ["Dispatch", "Glibc", "Synchronization"],
    // The system's word for why a file could not be opened or written.
    "Store": ["Glibc"],
    "Trails": ["Glibc"],
    "CommandLineTool": ["Glibc", "Synchronization", "FoundationEssentials"],
    "trail-insights": ["Glibc"],
  ]

  /// Reads the rows between `let stages` and the line that closes the table.
  init(package: String) {
    let table = package.split(separator: "let stages", maxSplits: 1).last ?? ""
    let end = table.firstRange(of: "\n]")?.lowerBound ?? table.endIndex
    stages = table[..<end].matches(of: /\(\s*"([\w-]+)",\s*\[([^\]]*)\]/).map { match in
      let uses = match.2.matches(of: /"(\w+)"/).map { String($0.1) }
      return Stage(name: String(match.1), uses: uses)
    }
  }

  /// Edges that go against the data, or to nothing.
  var violations: [String] {
    var known: Set<String> = []
    var found: [String] = []
    for stage in stages {
      // A module of C has no stage row and hangs below all of them.
      for use in stage.uses where !known.contains(use) && !Self.isNeighbour(use) {
        found.append("\(stage.name) names \(use), which does not stand above it")
      }
      known.insert(stage.name)
    }
    return found
  }

  /// What a file imports though its module must not.
  func violations(in file: SourceFile) -> [String] {
    guard !file.isTest else { return [] }
    let uses = stages.first { $0.name == file.module }?.uses ?? ["CommandLineTool"]
    let system = Self.systemImports[file.module] ?? []
    return file.imports.filter { !uses.contains($0) && !system.contains($0) }
      .map { "\(file.path) imports \($0), which \(file.module) may not" }
  }

  private static func isNeighbour(_ name: String) -> Bool {
    name.first == "C" && name.dropFirst().first?.isUppercase == true && name != "CSV"
  }
}
