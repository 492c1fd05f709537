// SPDX-License-Identifier: Apache-2.0
import ObjectStores
import Trails
import Vocabulary

/// The objects below one `s3://bucket/prefix`, listed.
struct StoredTrail: Sendable {
  let bucket: S3Bucket
  private(set) var objects: [S3Object]

  /// Transfers at once; far more than cores, for a transfer mostly waits.
  static let connectionCount = 16

  /// Lists the locations, in order of their texts; an object that two of them name stands once.
  static func list(
    _ locations: [S3Location], in window: DayWindow, access: StoreAccess
  ) async throws(S3Failure) -> [StoredTrail] {
    var known: Set<String> = []
    var trails: [StoredTrail] = []
    for location in Set(locations).sorted(by: { utf8Less($0.text, $1.text) }) {
      let bucket = try S3Bucket(
        at: location, options: access.options, environment: access.environment)
      let objects = try await bucket.objects(in: window, connections: connectionCount)
      trails.append(
        StoredTrail(
          bucket: bucket,
          objects: objects.filter { known.insert(location.url(ofKey: $0.key)).inserted }))
    }
    return trails
  }

  /// The objects as files of the run.
  var files: [TrailFile] {
    objects.map {
      TrailFile(
        path: bucket.location.url(ofKey: $0.key), size: $0.size, stamp: $0.entityTag)
    }
  }

  mutating func removeFiles<Failure: Error>(
    where isUnwanted: (TrailFile) throws(Failure) -> Bool
  ) throws(Failure) {
    var wanted: [S3Object] = []
    for (object, file) in zip(objects, files) where try !isUnwanted(file) { wanted.append(object) }
    objects = wanted
  }

  /// Begins to read all objects.
  func readAhead() -> S3ReadAhead {
    bucket.readAhead(objects, connections: Self.connectionCount)
  }

  /// Reads one object by itself.
  func read(_ index: Int) -> Result<[UInt8], S3Failure> {
    var connection = bucket.connection()
    var content: [UInt8] = []
    do throws(S3Failure) {
      try connection.read(key: objects[index].key, into: &content)
      return .success(content)
    } catch {
      return .failure(error)
    }
  }
}
