// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A worker's own line to a bucket: it asks until there is an answer, and keeps its connection.
///
/// Not to be shared between workers; make one for each.
public struct S3Connection: ~Copyable {
  private var http = HTTPClient()
  private let session: S3Session
  private var pauses: RetryPauses

  init(session: S3Session) {
    self.session = session
    pauses = RetryPauses(
      firstMilliseconds: session.options.firstPauseMilliseconds, seed: session.nextRetrySeed())
  }

  /// Reads a whole object into a buffer, whose content is replaced and whose capacity is kept.
  ///
  /// After a failure the buffer holds nothing.
  public mutating func read(key: String, into body: inout [UInt8]) throws(S3Failure) {
    let place = S3Location(bucket: session.bucket, prefix: key).text
    _ = try send(S3Call(place: place, key: key), into: &body)
  }

  /// Sends a call, again and again where that may help.
  mutating func send(
    _ call: S3Call, into body: inout [UInt8]
  ) throws(S3Failure) -> HTTPResponse {
    var progress = Progress()
    while true {
      let region = session.currentRegion
      let credentials = try session.credentials(using: &http)
      let request = session.request(call, region: region, credentials: credentials)
      switch attempt(request, place: call.place, into: &body) {
      case .answer(let response): return response
      case .refused(let verdict, let refusal):
        body.removeAll(keepingCapacity: true)
        guard try prepare(for: verdict, after: credentials, &progress) else { throw refusal }
      }
    }
  }

  /// What has been tried for one call.
  private struct Progress {
    var tries = 0
    var moves = 0
    var hasNewCredentials = false
  }

  private enum Outcome {
    case answer(HTTPResponse)
    case refused(S3Verdict, S3Failure)
  }

  private mutating func attempt(
    _ request: HTTPRequest, place: String, into body: inout [UInt8]
  ) -> Outcome {
    do throws(TransferFailure) {
      let response = try http.send(request, into: &body)
      let error = response.isSuccess ? nil : XMLElement.parse(body)?.first(named: "Error")
      let verdict = S3Verdict(
        response, error: error, askedRegion: request.signature?.region ?? session.currentRegion)
      guard verdict != .done else { return .answer(response) }
      return .refused(verdict, S3Failure(place: place, response: response, error: error))
    } catch {
      let failure = S3Failure(place: place, message: error.reason)
      return .refused(error.isPassing ? .later : .final, failure)
    }
  }

  /// Does what a verdict asks for, and says whether another try makes sense.
  private mutating func prepare(
    for verdict: S3Verdict, after credentials: Credentials?, _ progress: inout Progress
  ) throws(S3Failure) -> Bool {
    switch verdict {
    case .done, .final: return false
    case .elsewhere(let region):
      progress.moves += 1
      session.move(to: region)
      return progress.moves <= 2
    case .expired:
      guard !progress.hasNewCredentials else { return false }
      progress.hasNewCredentials = true
      return try session.replace(credentials, using: &http)
    case .later:
      progress.tries += 1
      guard progress.tries < session.options.maximumTries else { return false }
      usleep(UInt32(pauses.next(afterTries: progress.tries) * 1000))
      return true
    }
  }
}
