// SPDX-License-Identifier: Apache-2.0

/// Looks for credentials where the AWS CLI does, in its order.
struct CredentialChain: Sendable {
  let settings: S3Settings

  private var environment: S3Environment { settings.environment }

  /// So many profiles may vouch for each other, one for the next.
  private static let maximumProfiles = 5

  /// Finds the credentials to sign with; the first place that has any decides.
  func find(using http: inout HTTPClient) throws(S3Failure) -> Credentials {
    // A profile that was asked for by name goes before keys that merely lie around.
    if !settings.isProfileChosen, let found = try fromVariables() { return found }
    let profile = SharedProfile(named: settings.profile, environment: environment)
    if profile == nil, settings.isProfileNamed { throw Self.unknownProfile(settings.profile) }
    if let profile, let found = try fromRole(of: profile, depth: 0, using: &http) { return found }
    if let found = try fromWebIdentity(using: &http) { return found }
    if let profile, let found = try fromKeys(of: profile) { return found }
    let metadata = MetadataService(environment: environment)
    if let found = try metadata.container(using: &http) { return found }
    if let found = try metadata.instance(using: &http) { return found }
    throw S3Failure(
      place: "credentials",
      message: "none found in the environment, the shared files, the container or the instance; "
        + "public buckets are read with --no-sign-request")
  }

  // MARK: Keys

  private func fromVariables() throws(S3Failure) -> Credentials? {
    try pair(
      id: environment.value("AWS_ACCESS_KEY_ID"),
      secret: environment.value("AWS_SECRET_ACCESS_KEY"),
      token: environment.value("AWS_SESSION_TOKEN"), place: "environment")
  }

  private func fromKeys(of profile: SharedProfile) throws(S3Failure) -> Credentials? {
    if profile["sso_session"] != nil || profile["sso_start_url"] != nil {
      throw profile.failure(
        "single sign-on is not read here; export its keys first: "
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
      token: section["aws_session_token"], place: profile.place)
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

  // MARK: Roles

  private func fromRole(
    of profile: SharedProfile, depth: Int, using http: inout HTTPClient
  ) throws(S3Failure) -> Credentials? {
    guard let role = profile["role_arn"] else { return nil }
    guard profile["mfa_serial"] == nil else {
      throw profile.failure(
        "the role wants a second factor; export its keys first: "
          + "aws configure export-credentials --format env")
    }
    let proof = try proof(of: profile, depth: depth, using: &http)
    let request = RoleRequest(
      role: role, proof: proof, sessionName: profile["role_session_name"],
      externalID: profile["external_id"], durationSeconds: profile["duration_seconds"])
    return try request.credentials(settings: settings, using: &http)
  }

  private func proof(
    of profile: SharedProfile, depth: Int, using http: inout HTTPClient
  ) throws(S3Failure) -> RoleRequest.Proof {
    if let file = profile["web_identity_token_file"] { return try Self.webIdentity(in: file) }
    if let source = profile["source_profile"] {
      return .keys(
        try source == profile.name ? ownKeys(of: profile) : keys(of: source, depth, &http))
    }
    let metadata = MetadataService(environment: environment)
    let found: Credentials?
    switch profile["credential_source"] {
    case "Environment": found = try fromVariables()
    case "EcsContainer": found = try metadata.container(using: &http)
    case "Ec2InstanceMetadata": found = try metadata.instance(using: &http)
    default: throw profile.failure("role_arn needs a source_profile or a credential_source")
    }
    guard let found else { throw profile.failure("its credential_source has no credentials") }
    return .keys(found)
  }

  private func keys(
    of name: String, _ depth: Int, _ http: inout HTTPClient
  ) throws(S3Failure) -> Credentials {
    guard let profile = SharedProfile(named: name, environment: environment) else {
      throw Self.unknownProfile(name)
    }
    guard depth < Self.maximumProfiles else { throw profile.failure("its sources go in a circle") }
    if let found = try fromRole(of: profile, depth: depth + 1, using: &http) { return found }
    return try ownKeys(of: profile)
  }

  private func ownKeys(of profile: SharedProfile) throws(S3Failure) -> Credentials {
    guard let found = try fromKeys(of: profile) else { throw profile.failure("it has no keys") }
    return found
  }

  private func fromWebIdentity(using http: inout HTTPClient) throws(S3Failure) -> Credentials? {
    guard !settings.isProfileChosen, let role = environment.value("AWS_ROLE_ARN"),
      let file = environment.value("AWS_WEB_IDENTITY_TOKEN_FILE")
    else { return nil }
    let request = RoleRequest(
      role: role, proof: try Self.webIdentity(in: file),
      sessionName: environment.value("AWS_ROLE_SESSION_NAME"))
    return try request.credentials(settings: settings, using: &http)
  }

  private static func webIdentity(in file: String) throws(S3Failure) -> RoleRequest.Proof {
    guard let bytes = TextFile.read(file) else {
      throw S3Failure(place: file, message: "the web identity token cannot be read")
    }
    let token = String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline }
    return .webIdentity(token: String(token))
  }

  private static func unknownProfile(_ name: String) -> S3Failure {
    S3Failure(place: "profile " + name, message: "no shared file has it")
  }
}
