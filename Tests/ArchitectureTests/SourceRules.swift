// SPDX-License-Identifier: Apache-2.0

/// What every file keeps to; each rule returns what breaks it, in words.
enum SourceRules {
  static let fileLineLimit = 400
  static let testFileLineLimit = 500
  static let functionLineLimit = 70

  /// Modules that talk to the world, and may therefore do what stages may not.
  static let edge: Set<String> = [
    "Store", "ObjectStores", "Trails", "CommandLineTool", "trail-insights",
  ]
  static let unsafeModules: Set<String> = ["Bytes", "Events", "LinearAlgebra"]
  /// libcurl, child processes and small files make three files of C calls; elsewhere one is enough.
  static let unsafeFileLimits = ["ObjectStores": 3]

  static func fileLength(_ file: SourceFile) -> [String] {
    let limit = file.isTest ? testFileLineLimit : fileLineLimit
    let count = file.lines.count
    return count > limit ? ["\(file.path) has \(count) lines, more than \(limit)"] : []
  }

  static func functionLength(_ file: SourceFile) -> [String] {
    functions(in: file).filter { $0.lineCount > functionLineLimit }.map {
      "\(file.path):\($0.line): a function of \($0.lineCount) lines, more than \(functionLineLimit)"
    }
  }

  static func license(_ file: SourceFile) -> [String] {
    file.text.hasPrefix("// SPDX-License-Identifier: Apache-2.0\n")
      ? [] : ["\(file.path) does not start with the SPDX line"]
  }

  /// Notes to oneself belong into issues.
  static func leftovers(_ file: SourceFile) -> [String] {
    // Put together here, so that this file does not hold them.
    ["FIX" + "ME", "TO" + "DO", "XX" + "X"].filter { file.text.contains($0) }
      .map { "\(file.path) holds \($0)" }
  }

  /// Functions that read a file, a clock, the environment or a terminal, or that say something.
  static let bannedFunctions: Set<String> = [
    "print", "debugPrint", "dump", "readLine", "getenv", "setenv", "fopen", "open", "fread",
    "fwrite", "time", "clock", "clock_gettime", "gettimeofday", "localtime", "isatty", "ioctl",
    "rand", "arc4random", "exit", "Date",
  ]
  static let bannedTypes: Set<String> = [
    "FileManager", "FileHandle", "ProcessInfo", "ContinuousClock", "SuspendingClock",
    "CommandLine", "SystemRandomNumberGenerator", "Hasher",
  ]

  /// Stages do not touch the world, and chance comes from a seed.
  static func bannedCalls(_ file: SourceFile) -> [String] {
    guard !file.isTest, !edge.contains(file.module) else { return [] }
    return file.tokens.enumerated().flatMap { index, line in
      (calls(in: line).filter(bannedFunctions.contains)
        + line.map(\.text).filter(bannedTypes.contains) + unseededChance(in: line))
        .map { "\(file.path):\(index + 1): \($0), which no stage may name" }
    }
  }

  /// Free functions that a line calls; a method or a declaration of that name is something else.
  private static func calls(in line: [Token]) -> [String] {
    line.indices.filter { index in
      line[index].after == UInt8(ascii: "(") && line[index].before != UInt8(ascii: ".")
        && (index == 0 || line[index - 1].text != "func")
    }.map { line[$0].text }
  }

  private static func unseededChance(in line: [Token]) -> [String] {
    let methods: Set<String> = ["random", "shuffled", "shuffle", "randomElement", "hashValue"]
    guard !line.contains(where: { $0.text == "using" }) else { return [] }
    return line.filter { $0.before == UInt8(ascii: ".") && methods.contains($0.text) }
      .map(\.text)
  }

  /// Outside the modules that work on raw memory, a file or, by name, a few in each module at the edge.
  static func unsafeCode(_ files: [SourceFile]) -> [String] {
    let users = files.filter { file in
      !file.isTest && !unsafeModules.contains(file.module)
        && file.tokens.contains { $0.contains { ["unsafe", "unchecked"].contains($0.text) } }
    }
    let perModule = Dictionary(grouping: users, by: \.module)
    return perModule.sorted { $0.key < $1.key }.flatMap { module, files in
      edge.contains(module) && files.count <= unsafeFileLimits[module] ?? 1
        ? [] : files.map { "\($0.path) is unsafe, which \(module) may not be" }
    }
  }

  /// A type that is named like its module makes the module's other types unnameable.
  static func typeNames(_ file: SourceFile, modules: Set<String>) -> [String] {
    let keywords: Set<String> = ["struct", "class", "enum", "actor", "protocol", "typealias"]
    return file.tokens.flatMap { line in
      zip(line, line.dropFirst())
        .filter { keywords.contains($0.0.text) && modules.contains($0.1.text) }
        .map { "\(file.path) names a type \($0.1.text), as a module is named" }
    }
  }
}

extension SourceRules {
  /// The first line of every function and how many lines it has, braces matched.
  static func functions(in file: SourceFile) -> [(line: Int, lineCount: Int)] {
    let starts = file.tokens.indices.filter { line in
      file.tokens[line].contains(where: startsFunction)
        || startsProperty(file.tokens[line], file.codeLines[line])
    }
    return starts.compactMap { start in
      guard let end = endOfBody(from: start, in: file.codeLines) else { return nil }
      return (start + 1, end - start + 1)
    }
  }

  private static func startsFunction(_ token: Token) -> Bool {
    let keywords: Set<String> = ["func", "init", "deinit", "subscript"]
    return token.before != UInt8(ascii: ".") && keywords.contains(token.text)
  }

  private static func startsProperty(_ tokens: [Token], _ code: String) -> Bool {
    code.utf8.last == UInt8(ascii: "{") && !code.utf8.contains(UInt8(ascii: "="))
      && tokens.contains { $0.text == "var" }
  }

  /// The line of the brace that closes the first brace after `start`; `nil` for a requirement
  /// of a protocol, which has no body.
  private static func endOfBody(from start: Int, in lines: [String]) -> Int? {
    var depth = 0
    for index in start..<lines.count {
      for byte in lines[index].utf8 {
        if byte == UInt8(ascii: "{") { depth += 1 }
        if byte == UInt8(ascii: "}") {
          depth -= 1
          if depth < 0 { return nil }
          if depth == 0 { return index }
        }
      }
    }
    return nil
  }
}
