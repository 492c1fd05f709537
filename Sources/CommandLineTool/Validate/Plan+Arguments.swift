// SPDX-License-Identifier: Apache-2.0
import ObjectStores
import Vocabulary

extension Plan {
  /// Works out what was meant by what was typed.
  init(_ arguments: Arguments) throws(ArgumentError) {
    switch arguments {
    case .nothing: self = .firstSteps
    case .version: self = .version
    case .help(let command): self = .help(command)
    case .command(let typed):
      switch typed.name {
      case .detect: self = .detect(try DetectPlan(typed))
      case .stream: self = .stream(try StreamPlan(typed))
      case .report: self = .report(try DetectPlan(report: typed))
      case .explain: self = .explain(try ExplainPlan(typed))
      case .export: self = .export(try ExportPlan(typed))
      case .count: self = .count(try CountPlan(typed))
      case .score: self = .score(try ScorePlan(typed))
      case .generate: self = .generate(try GeneratePlan(typed))
      case .evaluate: self = .evaluate(try EvaluatePlan(typed))
      case .completions: self = .completions(try Shell(typed))
      case .man:
        if let operand = typed.operands.first { throw .unexpectedOperand(operand, command: .man) }
        self = .man
      }
    }
  }
}

extension DetectPlan {
  /// What `detect` was told, or what another command was that finds insights first; for those, a
  /// state file may stand in for paths.
  init(_ typed: Arguments.Typed, mayLackPaths: Bool = false) throws(ArgumentError) {
    state = try typed.text(.state)
    paths = mayLackPaths && state != nil && typed.operands.isEmpty ? [] : try typed.paths()
    readsCounts = typed.has(.counts)
    if readsCounts, state != nil { throw .notTogether(.counts, .state) }
    csv = try typed.text(.csv)
    json = try typed.text(.json)
    html = try typed.text(.html)
    coverage = try typed.text(.coverage)
    faults = try typed.text(.faults)
    countsAggregated = typed.has(.aggregated)
    stores = try typed.stores()
    from = try typed.time(.from)
    to = try typed.time(.to)
    alertsPerWeek = try typed.positiveNumber(.alertsPerWeek) ?? alertsPerWeek
    hasBudget = typed.has(.alertsPerWeek)
    baselineDays = try typed.integer(.baselineDays, in: 1...366) ?? baselineDays
    model = try typed.text(.model)
    threadCount = try typed.integer(.threads, in: 1...1024)
    suppress = try typed.text(.suppress)
    showsSuppressed = typed.has(.showSuppressed)
    exitsWithInsights = typed.has(.exitCode)
    manners = try typed.manners()
    try typed.checkTargets([
      (.csv, csv), (.json, json), (.html, html), (.coverage, coverage), (.faults, faults),
    ])
    for (option, target) in [(OptionName.coverage, coverage), (.faults, faults)]
    where showsTable && target == "-" {
      throw .badValue(option, value: "-", takes: "a file when the table is on standard output")
    }
    if showsSuppressed, suppress == nil {
      throw .missingOption(.suppress, value: "FILE", command: typed.name)
    }
    if readsCounts, let stored = paths.first(where: { $0.hasPrefix(S3Location.scheme) }) {
      throw .unexpectedOperand(stored, command: typed.name)
    }
    // Tables hold what their own run counted, with summaries or without.
    if readsCounts, countsAggregated { throw .notTogether(.aggregated, .counts) }
    if let from, let to, to <= from {
      throw .badValue(.to, value: to.rfc3339, takes: "a time after --from (\(from.rfc3339))")
    }
  }
}

extension DetectPlan {
  /// What `report` was told: to detect in a state file alone.
  init(report typed: Arguments.Typed) throws(ArgumentError) {
    if let operand = typed.operands.first { throw .unexpectedOperand(operand, command: .report) }
    guard typed.options[.state] != nil else {
      throw .missingOption(.state, value: "FILE", command: .report)
    }
    try self.init(typed, mayLackPaths: true)
  }
}

extension StreamPlan {
  init(_ typed: Arguments.Typed) throws(ArgumentError) {
    if let operand = typed.operands.first { throw .unexpectedOperand(operand, command: .stream) }
    json = try typed.text(.json) ?? json
    coverage = try typed.text(.coverage)
    state = try typed.text(.state)
    metrics = try typed.text(.metrics)
    let lateness = try typed.seconds(.lateness) ?? latenessMinutes * 60
    latenessMinutes = (lateness + 59) / 60
    if let idle = try typed.seconds(.idle) { idleSeconds = idle > 0 ? idle : nil }
    let window = try typed.seconds(.duplicateWindow) ?? duplicateWindowMinutes * 60
    duplicateWindowMinutes = (window + 59) / 60
    countsAggregated = typed.has(.aggregated)
    alertsPerWeek = try typed.positiveNumber(.alertsPerWeek) ?? alertsPerWeek
    baselineDays = try typed.integer(.baselineDays, in: 1...366) ?? baselineDays
    model = try typed.text(.model)
    isQuiet = typed.has(.quiet)
    try typed.checkTargets([(.json, json), (.coverage, coverage), (.metrics, metrics)])
  }
}

extension ExplainPlan {
  init(_ typed: Arguments.Typed) throws(ArgumentError) {
    var rest = typed
    guard !rest.operands.isEmpty else {
      throw .missingOperand(
        typed.has(.state) ? "an ID" : "an ID and a PATH", command: .explain)
    }
    let id = rest.operands.removeFirst()
    guard !id.isEmpty, id.utf8.allSatisfy({ "0123456789abcdefABCDEF-".utf8.contains($0) }) else {
      throw .unexpectedOperand(id, command: .explain)
    }
    self.init(
      id: id.lowercased(), detection: try DetectPlan(rest, mayLackPaths: true),
      printsRule: typed.has(.suppressLikeThis)
    )
  }
}

extension ExportPlan {
  init(_ typed: Arguments.Typed) throws(ArgumentError) {
    guard let folder = try typed.text(.output) else {
      throw .missingOption(.output, value: "DIR", command: .export)
    }
    self.init(folder: folder, detection: try DetectPlan(typed, mayLackPaths: true))
  }
}

extension Shell {
  init(_ typed: Arguments.Typed) throws(ArgumentError) {
    guard let name = typed.operands.first else {
      throw .missingOperand("a SHELL: bash, zsh or fish", command: .completions)
    }
    guard typed.operands.count == 1, let shell = Shell(rawValue: name) else {
      throw .unexpectedOperand(typed.operands[typed.operands.count - 1], command: .completions)
    }
    self = shell
  }
}

extension CountPlan {
  init(_ typed: Arguments.Typed) throws(ArgumentError) {
    paths = try typed.paths()
    csv = try typed.text(.csv) ?? csv
    attributions = try typed.text(.attributions)
    coverage = try typed.text(.coverage)
    faults = try typed.text(.faults)
    countsAggregated = typed.has(.aggregated)
    stores = try typed.stores()
    threadCount = try typed.integer(.threads, in: 1...1024)
    manners = try typed.manners()
    try typed.checkTargets([
      (.csv, csv), (.attributions, attributions), (.coverage, coverage), (.faults, faults),
    ])
  }
}

extension ScorePlan {
  init(_ typed: Arguments.Typed) throws(ArgumentError) {
    paths = try typed.localFiles()
    csv = try typed.text(.csv) ?? csv
    isQuiet = typed.has(.quiet)
  }
}

extension GeneratePlan {
  init(_ typed: Arguments.Typed) throws(ArgumentError) {
    if let operand = typed.operands.first {
      throw .unexpectedOperand(operand, command: .generate)
    }
    folder = try typed.text(.output)
    counts = try typed.text(.counts)
    guard folder != nil || counts != nil else {
      throw .missingOption(.output, value: "DIR", command: .generate)
    }
    seed = UInt64(try typed.integer(.seed, in: 0...Int.max) ?? 1)
    days = try typed.integer(.days, in: 1...3660) ?? days
    seriesCount = try typed.integer(.series, in: 1...1_000_000) ?? seriesCount
    eventTarget = try typed.integer(.events, in: 1...10_000_000_000) ?? eventTarget
    firstDay = try typed.day(.start) ?? firstDay
    isIncidentFree = typed.has(.incidentFree)
    isQuiet = typed.has(.quiet)
  }
}

extension EvaluatePlan {
  /// An option stands for its operand; the operands that are left fill what is left, in order.
  init(_ typed: Arguments.Typed) throws(ArgumentError) {
    var operands = typed.operands[...]
    guard let insights = try typed.text(.insights) ?? operands.popFirst() else {
      throw .missingOperand("INSIGHTS and LABELS", command: .evaluate)
    }
    guard let labels = try typed.text(.labels) ?? operands.popFirst() else {
      throw .missingOperand("LABELS", command: .evaluate)
    }
    if let operand = operands.first { throw .unexpectedOperand(operand, command: .evaluate) }
    self.init(
      insights: insights, labels: labels, lures: try typed.text(.lures),
      coverage: try typed.text(.coverage), printsJSON: typed.has(.json))
  }
}
