// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Why a command could not run, or not to its end: facts; `ErrorText` makes the sentence.
enum RunError: Error, Equatable {
  case cannotWrite(path: String, reason: String)
  case cannotRead(path: String, reason: String)
  /// A file of rules with an error in it.
  case badRule(path: String, line: Int, column: Int, reason: String)
  /// A model file that cannot be used.
  case badModel(path: String, reason: String)
  case nothingToRead([String])
  /// No insight of a run has an identifier that begins so.
  case noSuchInsight(String, insightCount: Int, state: String?)
  /// An insight has the identifier, but starts outside the time range that was asked for.
  case outsideRange(String, start: Timestamp)
  /// Several identifiers begin so.
  case severalInsights(String, [String])
  /// Nothing of what was asked for could be opened.
  case unreadable([Fault])
  /// The state file cannot be used: one line that names it.
  case state(String)
  /// A folder that should take files has some already.
  case folderInUse(String)
  /// Whoever read standard output has closed it: the quiet end of `… | head`.
  case brokenPipe
}

/// What the process says to whoever started it.
enum ExitCode: Int32 {
  /// Ran, and all input was read.
  case success = 0
  /// With `--exit-code`: ran, and there are insights.
  case insightsFound = 1
  /// Could not run.
  case failure = 2
  /// Ran to the end, but some input was damaged or unreadable.
  case damagedInput = 3
}
