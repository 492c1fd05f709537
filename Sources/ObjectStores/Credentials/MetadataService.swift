// SPDX-License-Identifier: Apache-2.0

/// The services next to a container or an instance that hand out its role's credentials.
struct MetadataService: Sendable {
  let environment: S3Environment

  private static let containerHost = "http://169.254.170.2"
  private static let instanceHost = "http://169.254.169.254"
  private static let rolePath = "/latest/meta-data/iam/security-credentials/"
  private static let tries = 2

  // MARK: Container

  /// Asks the service next to the container that this process runs in; `nil` where it runs in none.
  func container(using http: inout HTTPClient) throws(S3Failure) -> Credentials? {
    guard let url = try containerURL() else { return nil }
    var request = HTTPRequest(url: url)
    if let token = try containerToken() {
      request.headers.append((name: "Authorization", value: token))
    }
    let place = "container credentials"
    guard let answer = ask(request, using: &http) else {
      throw S3Failure(place: place, message: "no answer from " + url)
    }
    return try Self.credentials(in: answer, place: place)
  }

  private func containerURL() throws(S3Failure) -> String? {
    if let path = environment.value("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
      return Self.containerHost + path
    }
    guard let url = environment.value("AWS_CONTAINER_CREDENTIALS_FULL_URI") else { return nil }
    guard Self.isTrusted(url) else {
      throw S3Failure(
        place: "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        message: "neither https nor an address of this machine")
    }
    return url
  }

  /// The authorization token goes only where the AWS CLI would send it, too: over TLS, or to this
  /// machine and the services' own addresses.
  static func isTrusted(_ url: String) -> Bool {
    if url.hasPrefix("https://") { return true }
    guard url.hasPrefix("http://") else { return false }
    let authority = url.dropFirst("http://".count).prefix { !"/?#".contains($0) }
    guard !authority.contains("@"), !authority.contains("\\") else { return false }
    let isIPv6 = authority.hasPrefix("[")
    let host =
      isIPv6
      ? authority.dropFirst().prefix { $0 != "]" } : authority.prefix { $0 != ":" }
    let known: Set<Substring> = [
      "localhost", "::1", "169.254.170.2", "169.254.170.23", "fd00:ec2::23",
    ]
    return known.contains(host) || isLoopback(host)
  }

  /// Whether it is one of `127.0.0.0/8`, and not a name that merely begins so.
  private static func isLoopback(_ host: Substring) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  private func containerToken() throws(S3Failure) -> String? {
    guard let path = environment.value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") else {
      return environment.value("AWS_CONTAINER_AUTHORIZATION_TOKEN")
    }
    guard let bytes = TextFile.read(path) else {
      throw S3Failure(place: path, message: "the container's token cannot be read")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return String(text.prefix { !$0.isNewline })
  }

  // MARK: Instance

  /// Asks the metadata service of the instance that this process runs on (IMDSv2); `nil` where
  /// there is none, or it has no role.
  func instance(using http: inout HTTPClient) throws(S3Failure) -> Credentials? {
    guard environment.value("AWS_EC2_METADATA_DISABLED")?.lowercased() != "true" else { return nil }
    var host = environment.value("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? Self.instanceHost
    while host.utf8.last == UInt8(ascii: "/") { host.removeLast() }
    var request = HTTPRequest(method: "PUT", url: host + "/latest/api/token")
    request.headers = [(name: "x-aws-ec2-metadata-token-ttl-seconds", value: "21600")]
    guard let token = ask(request, using: &http).map(Self.line) else { return nil }
    request = HTTPRequest(url: host + Self.rolePath)
    request.headers = [(name: "x-aws-ec2-metadata-token", value: token)]
    guard let role = ask(request, using: &http).map(Self.line), !role.isEmpty else { return nil }
    request.url += PercentEncoding.path(role)
    guard let answer = ask(request, using: &http) else { return nil }
    return try Self.credentials(in: answer, place: "instance metadata")
  }

  // MARK: Answers

  private func ask(_ request: HTTPRequest, using http: inout HTTPClient) -> [UInt8]? {
    var request = request
    request.limits = HTTPLimits()
    request.limits.connectMilliseconds = 1000
    request.limits.totalMilliseconds = 2000
    request.limits.bodyBytes = 1 << 16
    request.limits.avoidsProxy = true
    for _ in 0..<Self.tries {
      var body: [UInt8] = []
      if let response = try? http.send(request, into: &body), response.isSuccess { return body }
    }
    return nil
  }

  private static func line(_ answer: [UInt8]) -> String {
    String(String(decoding: answer, as: UTF8.self).prefix { !$0.isNewline })
  }

  private static func credentials(
    in answer: [UInt8], place: String
  ) throws(S3Failure) -> Credentials {
    guard let fields = JSONFields(answer), let found = Credentials(fields, token: "Token") else {
      throw S3Failure(place: place, message: "the answer holds no credentials")
    }
    return found
  }
}
