// SPDX-License-Identifier: Apache-2.0
import Suppression

/// Reads the file of rules before any work, so that an error in it costs no time.
enum RuleFile {
  static func read(_ path: String) throws(RunError) -> SuppressionRules {
    switch SystemCalls.read(path) {
    case .failure(let failure): throw .cannotRead(path: path, reason: failure.reason)
    case .success(let bytes):
      do throws(SuppressionRules.Failure) {
        return try SuppressionRules(parsing: bytes)
      } catch {
        throw .badRule(
          path: path, line: error.line, column: error.column, reason: error.reason)
      }
    }
  }
}
