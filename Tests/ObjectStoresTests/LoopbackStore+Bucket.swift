// SPDX-License-Identifier: Apache-2.0
import ObjectStores
import TestSupport
import Testing
import Vocabulary

extension LoopbackStore {
  /// The surroundings of a run as one of the users.
  func environment(_ user: String = "reader") -> S3Environment {
    S3Environment(variables: variables(user), homeFolder: "/nonexistent") {
      Timestamp(secondsSinceEpoch: 1_800_000_000)
    }
  }

  /// A bucket as one of the users sees it, with pauses short enough for tests.
  func bucket(_ text: String, as user: String = "reader") throws -> S3Bucket {
    var options = S3Options()
    options.firstPauseMilliseconds = 20
    options.stallSeconds = 2
    let location = try #require(S3Location(parsing: text))
    return try S3Bucket(at: location, options: options, environment: environment(user))
  }
}
