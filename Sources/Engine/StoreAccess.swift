// SPDX-License-Identifier: Apache-2.0
public import ObjectStores

/// How object stores are reached: what the user chose, and what the machine says about itself.
public struct StoreAccess: Sendable {
  /// What the user chose.
  public var options: S3Options
  /// The environment, the home folder and the clock.
  public var environment: S3Environment

  /// Creates the access of a run.
  public init(options: S3Options, environment: S3Environment) {
    self.options = options
    self.environment = environment
  }
}
