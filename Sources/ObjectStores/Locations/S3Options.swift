// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// What the machine says about itself: read once by the command line, given to everything here.
public struct S3Environment: Sendable {
  /// The process's environment variables.
  public var variables: [String: String]
  /// Where `.aws/config` and `.aws/credentials` lie unless a variable says otherwise.
  public var homeFolder: String
  /// Now, for credentials that expire.
  public var now: @Sendable () -> Timestamp

  /// Creates the surroundings of a run.
  public init(
    variables: [String: String], homeFolder: String, now: @escaping @Sendable () -> Timestamp
  ) {
    self.variables = variables
    self.homeFolder = homeFolder
    self.now = now
  }

  /// The value of a variable; set but empty counts as not set, as the AWS CLI has it.
  func value(_ name: String) -> String? {
    guard let value = variables[name], !value.isEmpty else { return nil }
    return value
  }
}

/// What the user chose about an object store.
public struct S3Options: Sendable {
  /// The address of a compatible store; `nil`: the environment's, else AWS.
  public var endpointURL: String?
  /// The Region to begin with (`nil`: the environment's); the bucket's own is found by asking.
  public var region: String?
  /// The profile of the shared files; `nil`: `AWS_PROFILE`, else `default`.
  public var profile: String?
  /// Whether requests are signed; public buckets need no credentials.
  public var signsRequests = true
  /// How often a request is made in all before its failure is final.
  public var maximumTries = 5
  /// The longest pause before the second try; it doubles with each further one.
  public var firstPauseMilliseconds = 500
  /// A transfer that brings nothing for so long is given up and tried again.
  public var stallSeconds = 60
  /// A larger object is refused.
  public var maximumObjectBytes = 1 << 30
  /// Where the pauses' randomness begins; it has no bearing on any result.
  public var retrySeed: UInt64 = 0

  /// Creates the defaults.
  public init() {}
}
