// SPDX-License-Identifier: Apache-2.0

/// Options and surroundings, weighed against each other as the AWS CLI does.
struct S3Settings: Sendable {
  let environment: S3Environment
  let endpointURL: String?
  let region: String
  let authoritiesFile: String?

  /// The Region to ask first when nothing names one; it knows where every bucket is.
  static let fallbackRegion = "us-east-1"

  init(
    for location: S3Location, options: S3Options, environment: S3Environment
  ) throws(S3Failure) {
    self.environment = environment
    endpointURL =
      options.endpointURL ?? environment.value("AWS_ENDPOINT_URL_S3")
      ?? environment.value("AWS_ENDPOINT_URL")
    region =
      options.region ?? environment.value("AWS_REGION") ?? environment.value("AWS_DEFAULT_REGION")
      ?? Self.fallbackRegion
    authoritiesFile = environment.value("AWS_CA_BUNDLE")
  }
}
