// SPDX-License-Identifier: Apache-2.0

/// What follows from an answer.
enum S3Verdict: Hashable, Sendable {
  case done
  /// The bucket lies in another Region: ask there.
  case elsewhere(region: String)
  /// The credentials are over: get new ones, if there are any.
  case expired
  /// The store is busy or stumbled: ask again later.
  case later
  /// This is the answer.
  case final

  init(_ response: HTTPResponse, error: XMLElement?, askedRegion: String) {
    if response.isSuccess {
      self = .done
      return
    }
    let code = error?.text(of: "Code") ?? ""
    if let region = Self.region(response, error: error), region != askedRegion {
      self = .elsewhere(region: region)
    } else if Self.expiredCodes.contains(code) {
      self = .expired
    } else if Self.passingStatuses.contains(response.status) || Self.passingCodes.contains(code) {
      self = .later
    } else {
      self = .final
    }
  }

  private static let expiredCodes: Set = [
    "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired",
  ]
  private static let passingCodes: Set = ["RequestTimeout", "SlowDown", "InternalError"]
  private static let passingStatuses: Set = [408, 429, 500, 502, 503, 504]

  /// The Region that an answer names as the bucket's own.
  private static func region(_ response: HTTPResponse, error: XMLElement?) -> String? {
    guard [301, 307, 400, 403].contains(response.status) else { return nil }
    let region = response.headers["x-amz-bucket-region"] ?? error?.text(of: "Region")
    return region.flatMap { S3Endpoint.isRegion($0) ? $0 : nil }
  }
}
