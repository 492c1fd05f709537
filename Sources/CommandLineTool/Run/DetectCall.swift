// SPDX-License-Identifier: Apache-2.0
import Counts
import Engine
import Insights
import ObjectStores
import Store
import Vocabulary

/// Finds insights in whatever a plan names: logs, tables of counts, a state file, or logs with one.
struct DetectCall {
  private let plan: DetectPlan
  private let run: BatchRun

  init(_ plan: DetectPlan, onProgress: @escaping EngineCalls.OnProgress) throws(RunError) {
    self.plan = plan
    run = BatchRun(
      options: try DetectionOptions(plan), stores: StoreAccess(plan.stores), onProgress: onProgress)
  }

  private var explicit: SavedFindings.Explicit {
    SavedFindings.Explicit(budget: plan.hasBudget, model: plan.model != nil)
  }

  func findings() async throws(RunError) -> Findings {
    if let path = plan.state {
      return try await Self.explained { try await findings(inState: path) }
    }
    guard !plan.readsCounts else { return run.detect(tables: plan.paths) }
    return try await Self.explained { try await run.detect(paths: plan.paths) }
  }

  private func findings(inState path: String) async throws -> Findings {
    guard !plan.paths.isEmpty else {
      let saved = SavedFindings(try StateFile.openForReading(path: path))
      return try saved.findings(saved.adopted(run.options, explicit: explicit))
    }
    return try await StatefulRun(run, state: StateFile(path: path)).detect(paths: plan.paths)
  }

  func export(
    _ silence: @escaping EngineCalls.Silence, with writeFile: EngineCalls.WriteFile
  ) async throws(RunError) -> Findings {
    if let path = plan.state { return try await export(state: path, silence, with: writeFile) }
    let call = ExportCall(run: run, silence: silence)
    guard !plan.readsCounts else {
      return try call.write(run.count(tables: plan.paths), with: writeFile)
    }
    let counted = try await Self.explained { try await run.count(paths: plan.paths) }
    return try call.write(counted, with: writeFile)
  }

  /// What was expected is learnt anew from the counts that the state keeps; insights are its own.
  private func export(
    state path: String, _ silence: @escaping EngineCalls.Silence,
    with writeFile: EngineCalls.WriteFile
  ) async throws(RunError) -> Findings {
    let (found, history, options) = try await Self.explained {
      let known = plan.paths.isEmpty ? nil : try await findings(inState: path)
      let saved = SavedFindings(try StateFile.openForReading(path: path))
      let options = try saved.adopted(run.options, explicit: explicit)
      return (try known ?? saved.findings(options), try saved.history(), options)
    }
    return try ExportCall(run: BatchRun(options: options), silence: silence)
      .write((history, found.coverage), findings: found, with: writeFile)
  }

  private static func explained<Value>(
    _ body: () async throws -> Value
  ) async throws(RunError) -> Value {
    do {
      return try await body()
    } catch let failure as StateFailure {
      throw .state(failure.description)
    } catch let failure as S3Failure {
      throw .cannotRead(path: failure.place, reason: failure.reason)
    } catch {
      throw .cannotRead(path: "-", reason: "\(error)")
    }
  }
}
