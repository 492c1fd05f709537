// SPDX-License-Identifier: Apache-2.0

/// Options and surroundings, weighed against each other as the AWS CLI does.
struct S3Settings: Sendable {
  let environment: S3Environment
  let endpointURL: String?
  /// Where AWS STS is asked for the credentials of roles.
  let tokenServiceURL: String
  let region: String
  let profile: String
  /// Whether the user named the profile, as an option or in the environment.
  let isProfileNamed: Bool
  /// Whether the user named it as an option, which also sets aside keys in the environment.
  let isProfileChosen: Bool
  let authoritiesFile: String?

  /// The Region to ask first when nothing names one; it knows where every bucket is.
  static let fallbackRegion = "us-east-1"

  init(options: S3Options, environment: S3Environment) throws(S3Failure) {
    self.environment = environment
    let named =
      options.profile ?? environment.value("AWS_PROFILE")
      ?? environment.value("AWS_DEFAULT_PROFILE")
    profile = named ?? "default"
    isProfileNamed = named != nil
    isProfileChosen = options.profile != nil
    let shared = SharedProfile(named: profile, environment: environment)
    endpointURL = try Self.endpoint(options, environment, shared)
    region = try Self.region(options, environment, shared)
    tokenServiceURL =
      environment.value("AWS_ENDPOINT_URL_STS") ?? environment.value("AWS_ENDPOINT_URL")
      ?? "https://sts." + region + "." + S3Endpoint.domain(ofRegion: region) + "/"
    authoritiesFile = environment.value("AWS_CA_BUNDLE") ?? shared?["ca_bundle"]
  }

  private static func endpoint(
    _ options: S3Options, _ environment: S3Environment, _ profile: SharedProfile?
  ) throws(S3Failure) -> String? {
    let isIgnored =
      environment.value("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")?.lowercased() == "true"
    let configured =
      environment.value("AWS_ENDPOINT_URL_S3") ?? environment.value("AWS_ENDPOINT_URL")
      ?? profile?["endpoint_url"]
    guard let url = options.endpointURL ?? (isIgnored ? nil : configured) else { return nil }
    guard url.hasPrefix("https://") || url.hasPrefix("http://"), !url.contains("?"),
      !url.contains("#")
    else { throw S3Failure(place: url, message: "an endpoint is http(s)://host[:port]") }
    return url
  }

  private static func region(
    _ options: S3Options, _ environment: S3Environment, _ profile: SharedProfile?
  ) throws(S3Failure) -> String {
    let region =
      options.region ?? environment.value("AWS_REGION") ?? environment.value("AWS_DEFAULT_REGION")
      ?? profile?["region"] ?? fallbackRegion
    guard S3Endpoint.isRegion(region) else {
      throw S3Failure(place: region, message: "a Region is named such as eu-central-1")
    }
    return region
  }
}
