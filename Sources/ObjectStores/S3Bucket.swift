// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// A bucket of S3, or of a store that speaks its language, as a place where trail data lies.
///
///     let bucket = try S3Bucket(at: location, options: options, environment: environment)
///     let objects = try await bucket.objects(in: window, connections: 16)
///     let reading = bucket.readAhead(objects, connections: 16)
///     while let arrival = await reading.next() { decode(objects[arrival.index], arrival.content) }
public struct S3Bucket: Sendable {
  /// The bucket and the beginning of the keys that are meant.
  public let location: S3Location
  private let session: S3Session

  /// Prepares to read a bucket; nothing is asked of it yet.
  public init(
    at location: S3Location, options: S3Options, environment: S3Environment
  ) throws(S3Failure) {
    self.location = location
    let settings = try S3Settings(options: options, environment: environment)
    session = S3Session(bucket: location.bucket, settings: settings, options: options)
  }

  /// Returns a line to the bucket for one worker.
  public func connection() -> S3Connection { S3Connection(session: session) }

  /// Lists the objects below the location, sorted by key; where day folders show that an object
  /// holds nothing of the window, it is not even listed.
  ///
  /// A listing is whole or fails: half a list would be taken for a quiet trail.
  public func objects(
    in window: DayWindow, connections: Int = 1
  ) async throws(S3Failure) -> [S3Object] {
    let listing = S3Listing(location: location, window: window, session: session)
    return try await listing.objects(connections: connections)
  }

  /// Begins to read a list of objects over several connections at once.
  public func readAhead(_ objects: [S3Object], connections: Int) -> S3ReadAhead {
    S3ReadAhead(objects, session: session, connections: connections)
  }
}
