// SPDX-License-Identifier: Apache-2.0
import Glibc
import Vocabulary

/// A role to be taken on at AWS STS.
struct RoleRequest: Sendable {
  /// What shows that the role may be taken on.
  enum Proof: Sendable {
    case keys(Credentials)
    /// A token that an identity provider signed, as clusters give to their containers.
    case webIdentity(token: String)
  }

  /// The role's ARN.
  let role: String
  let proof: Proof
  var sessionName: String?
  var externalID: String?
  var durationSeconds: String?

  private static let maximumTries = 3
  private static let pauseMicroseconds: UInt32 = 300_000

  /// Asks STS for the role's temporary credentials.
  func credentials(
    settings: S3Settings, using http: inout HTTPClient
  ) throws(S3Failure) -> Credentials {
    let request = request(settings: settings)
    for _ in 1..<Self.maximumTries {
      if case .answer(let result) = attempt(request, using: &http) { return try result.get() }
      usleep(Self.pauseMicroseconds)
    }
    switch attempt(request, using: &http) {
    case .answer(let result): return try result.get()
    case .later(let failure): throw failure
    }
  }

  private enum Outcome {
    case answer(Result<Credentials, S3Failure>)
    case later(S3Failure)
  }

  private func attempt(_ request: HTTPRequest, using http: inout HTTPClient) -> Outcome {
    var body: [UInt8] = []
    do throws(TransferFailure) {
      let response = try http.send(request, into: &body)
      let answer = XMLElement.parse(body)
      let found = answer?.first(named: "Credentials").flatMap(Credentials.init)
      if response.isSuccess, let found { return .answer(.success(found)) }
      let error = answer?.first(named: "Error")
      let failure = S3Failure(place: role, response: response, error: error)
      let verdict = S3Verdict(response, error: error, askedRegion: "")
      return verdict == .later ? .later(failure) : .answer(.failure(failure))
    } catch {
      let failure = S3Failure(place: role, message: error.reason)
      return error.isPassing ? .later(failure) : .answer(.failure(failure))
    }
  }

  private func request(settings: S3Settings) -> HTTPRequest {
    var request = HTTPRequest(method: "POST", url: settings.tokenServiceURL)
    request.form = PercentEncoding.query(form(at: settings.environment.now()))
    request.limits.totalMilliseconds = 30_000
    request.limits.authoritiesFile = settings.authoritiesFile
    guard case .keys(let keys) = proof else { return request }
    request.signature = HTTPSignature(credentials: keys, region: settings.region, service: "sts")
    if let token = keys.sessionToken {
      request.headers.append((name: "x-amz-security-token", value: token))
    }
    return request
  }

  private func form(at now: Timestamp) -> [(name: String, value: String)] {
    var form = [
      (name: "Version", value: "2011-06-15"), (name: "RoleArn", value: role),
      (name: "RoleSessionName", value: sessionName ?? "trail-insights-\(now.secondsSinceEpoch)"),
    ]
    if let externalID { form.append((name: "ExternalId", value: externalID)) }
    if let durationSeconds { form.append((name: "DurationSeconds", value: durationSeconds)) }
    guard case .webIdentity(let token) = proof else {
      return form + [(name: "Action", value: "AssumeRole")]
    }
    return form + [
      (name: "Action", value: "AssumeRoleWithWebIdentity"),
      (name: "WebIdentityToken", value: token),
    ]
  }
}
