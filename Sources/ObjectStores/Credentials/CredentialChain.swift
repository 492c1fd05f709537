// SPDX-License-Identifier: Apache-2.0

/// Looks for credentials where the AWS CLI does, in its order.
struct CredentialChain: Sendable {
  let settings: S3Settings

  func find(using http: inout HTTPClient) throws(S3Failure) -> Credentials {
    if let found = fromEnvironment() { return found }
    throw S3Failure(place: "s3", message: "no credentials found")
  }

  private func fromEnvironment() -> Credentials? {
    let environment = settings.environment
    guard let id = environment.value("AWS_ACCESS_KEY_ID"),
      let secret = environment.value("AWS_SECRET_ACCESS_KEY")
    else { return nil }
    return Credentials(
      accessKeyID: id, secretAccessKey: secret, sessionToken: environment.value("AWS_SESSION_TOKEN")
    )
  }
}
