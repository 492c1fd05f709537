// SPDX-License-Identifier: Apache-2.0

/// A whole run over history: read, count, learn, score, find.
public struct BatchRun: Sendable {
  public let options: DetectionOptions
  /// Called from time to time while reading, from one task at a time.
  public let onProgress: @Sendable (ReadProgress) -> Void

  public init(
    options: DetectionOptions, onProgress: @escaping @Sendable (ReadProgress) -> Void = { _ in }
  ) {
    self.options = options
    self.onProgress = onProgress
  }
}
