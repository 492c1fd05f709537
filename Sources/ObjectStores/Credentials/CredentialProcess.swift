// SPDX-License-Identifier: Apache-2.0

/// A program named by a profile, which prints credentials as JSON.
struct CredentialProcess: Sendable {
  let profile: String
  let environment: S3Environment

  /// Runs the command; what it printed is never told, for it may hold a secret.
  func run(_ command: String) throws(S3Failure) -> Credentials {
    guard let words = ShellWords.split(command), !words.isEmpty else {
      throw failure("its quotes do not close")
    }
    switch ChildProcess(words: words, environment: environment.variables).run() {
    case .notStarted(let reason), .failed(let reason): throw failure(reason)
    case .output(let output):
      guard let fields = JSONFields(output) else { throw failure("it printed no JSON object") }
      guard fields["Version"] == "1" else { throw failure("its answer is not of Version 1") }
      guard let found = Credentials(fields, token: "SessionToken") else {
        throw failure("its answer lacks AccessKeyId or SecretAccessKey")
      }
      return found
    }
  }

  private func failure(_ reason: String) -> S3Failure {
    S3Failure(place: "credential_process of profile " + profile, message: reason)
  }
}
