// SPDX-License-Identifier: Apache-2.0
import ObjectStores
import Trails

/// A file of a run, and what is there of it.
struct TrailItem: Sendable {
  enum Content: Sendable {
    /// The worker opens it.
    case onDisk
    /// It came from an object store.
    case fetched(Result<[UInt8], S3Failure>)
  }

  /// The file's place in the order in which events are admitted.
  let number: Int
  let file: TrailFile
  let content: Content
}

/// Hands out the files of a run in order, each once: those on disk, then those in object stores.
///
/// In order, for a worker with a later file waits at the `AdmissionDesk` for all earlier ones.
actor TrailQueue {
  /// All files, in order.
  let files: [TrailFile]
  private let diskCount: Int
  private let trails: [StoredTrail]
  /// Where each trail's files begin among all.
  private let starts: [Int]
  private var nextOnDisk = 0
  private var readings: [S3ReadAhead] = []

  init(files onDisk: [TrailFile], trails: [StoredTrail]) {
    var files = onDisk
    var starts: [Int] = []
    for trail in trails {
      starts.append(files.count)
      files += trail.files
    }
    self.files = files
    self.trails = trails
    self.starts = starts
    diskCount = onDisk.count
  }

  /// Returns the next file, once there is something of it; `nil` after the last.
  func next() async -> TrailItem? {
    if nextOnDisk < diskCount {
      nextOnDisk += 1
      return TrailItem(number: nextOnDisk - 1, file: files[nextOnDisk - 1], content: .onDisk)
    }
    for index in trails.indices {
      // Begun one after the other, so that no trail is held in memory before its turn.
      if readings.count == index { readings.append(trails[index].readAhead()) }
      guard let arrival = await readings[index].next() else { continue }
      let number = starts[index] + arrival.index
      return TrailItem(number: number, file: files[number], content: .fetched(arrival.content))
    }
    return nil
  }

  /// Returns a file once more.
  nonisolated func again(_ number: Int) -> TrailItem {
    guard let index = starts.lastIndex(where: { $0 <= number }) else {
      return TrailItem(number: number, file: files[number], content: .onDisk)
    }
    return TrailItem(
      number: number, file: files[number],
      content: .fetched(trails[index].read(number - starts[index])))
  }
}
