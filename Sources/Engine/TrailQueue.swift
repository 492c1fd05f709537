// SPDX-License-Identifier: Apache-2.0
import ObjectStores
import Synchronization
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
final class TrailQueue: Sendable {
  /// All files, in order.
  let files: [TrailFile]
  private let diskCount: Int
  private let nextOnDisk = Atomic(0)
  private let trails: [StoredTrail]
  /// Where each trail's files begin among all.
  private let starts: [Int]
  private let arrivals: Arrivals

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
    arrivals = Arrivals(of: trails)
  }

  /// Returns the next file, once there is something of it; `nil` after the last.
  func next() async -> TrailItem? {
    let number = nextOnDisk.add(1, ordering: .relaxed).oldValue
    if number < diskCount {
      return TrailItem(number: number, file: files[number], content: .onDisk)
    }
    guard let (trail, arrival) = await arrivals.next() else { return nil }
    let place = starts[trail] + arrival.index
    return TrailItem(number: place, file: files[place], content: .fetched(arrival.content))
  }

  /// Returns a file once more.
  func again(_ number: Int) -> TrailItem {
    guard let index = starts.lastIndex(where: { $0 <= number }) else {
      return TrailItem(number: number, file: files[number], content: .onDisk)
    }
    return TrailItem(
      number: number, file: files[number],
      content: .fetched(trails[index].read(number - starts[index])))
  }

  /// What comes from object stores, trail by trail.
  private actor Arrivals {
    private let trails: [StoredTrail]
    private var readings: [S3ReadAhead] = []

    init(of trails: [StoredTrail]) { self.trails = trails }

    func next() async -> (trail: Int, arrival: S3Arrival)? {
      for index in trails.indices {
        // Begun one after the other, so that no trail is held in memory before its turn.
        if readings.count == index { readings.append(trails[index].readAhead()) }
        if let arrival = await readings[index].next() { return (index, arrival) }
      }
      return nil
    }
  }
}
