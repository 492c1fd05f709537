// SPDX-License-Identifier: Apache-2.0

/// Looks for credentials where the AWS CLI does, in its order.
struct CredentialChain: Sendable {
  let settings: S3Settings

  private var environment: S3Environment { settings.environment }

  /// Finds the credentials to sign with; the first place that has any decides.
  func find(using http: inout HTTPClient) throws(S3Failure) -> Credentials {
    // A profile that was asked for by name goes before keys that merely lie around.
    if !settings.isProfileChosen, let found = try fromVariables() { return found }
    if let found = try fromProfile() { return found }
    let metadata = MetadataService(environment: environment)
    if let found = try metadata.container(using: &http) { return found }
    if let found = try metadata.instance(using: &http) { return found }
    throw S3Failure(
      place: "credentials",
      message: "none found in the environment, the shared files, the container or the instance; "
        + "public buckets are read with --no-sign-request")
  }

  private func fromVariables() throws(S3Failure) -> Credentials? {
    try pair(
      id: environment.value("AWS_ACCESS_KEY_ID"),
      secret: environment.value("AWS_SECRET_ACCESS_KEY"),
      token: environment.value("AWS_SESSION_TOKEN"), place: "environment")
  }

  private func fromProfile() throws(S3Failure) -> Credentials? {
    guard let profile = SharedProfile(named: settings.profile, environment: environment) else {
      guard settings.isProfileNamed else { return nil }
      throw S3Failure(place: "profile " + settings.profile, message: "no shared file has it")
    }
    for setting in ["role_arn", "sso_session", "sso_start_url"] where profile[setting] != nil {
      throw S3Failure(
        place: "profile " + profile.name,
        message: "\(setting) is not followed; export the keys first: "
          + "aws configure export-credentials --format env")
    }
    if let found = try keys(in: profile.credentials, of: profile) { return found }
    if let command = profile["credential_process"] {
      return try CredentialProcess(profile: profile.name, environment: environment).run(command)
    }
    return try keys(in: profile.configuration, of: profile)
  }

  private func keys(
    in section: [String: String], of profile: SharedProfile
  ) throws(S3Failure) -> Credentials? {
    try pair(
      id: section["aws_access_key_id"], secret: section["aws_secret_access_key"],
      token: section["aws_session_token"], place: "profile " + profile.name)
  }

  /// Half a pair is a mistake to be told, not a reason to look elsewhere.
  private func pair(
    id: String?, secret: String?, token: String?, place: String
  ) throws(S3Failure) -> Credentials? {
    guard let id, !id.isEmpty else { return nil }
    guard let secret, !secret.isEmpty else {
      throw S3Failure(place: place, message: "an access key ID without its secret access key")
    }
    let isSession = token?.isEmpty == false
    return Credentials(
      accessKeyID: id, secretAccessKey: secret, sessionToken: isSession ? token : nil)
  }
}
