// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Vocabulary

/// Walks the folders of a bucket level by level and gathers the objects in them.
struct S3Listing: Sendable {
  let location: S3Location
  let window: DayWindow
  let session: S3Session

  /// Above this many unknown folders side by side, each is listed whole instead of searched.
  static let maximumSearchedFolders = 100

  /// A folder, what to do with it, and how deep below the location it lies.
  private struct Visit: Sendable {
    let path: String
    let step: FolderStep
    let depth: Int
  }

  /// What a visit found.
  private struct Found: Sendable {
    var objects: [S3Object] = []
    var folders: [String] = []
  }

  /// Lists everything wanted below the location, in order of the keys' bytes; the folders of a
  /// level are shared out over the connections.
  func objects(connections: Int) async throws(S3Failure) -> [S3Object] {
    var objects: [S3Object] = []
    var level = [firstVisit].filter { $0.step != .skip }
    while !level.isEmpty {
      let found = await visit(level, connections: min(connections, level.count))
      var next: [Visit] = []
      for (visit, result) in zip(level, found) {
        let found = try result.get()
        objects += found.objects
        next += visits(of: found.folders, below: visit)
      }
      level = next
    }
    return objects.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  private var firstVisit: Visit {
    let isFolder = location.prefix.utf8.last == UInt8(ascii: "/")
    let step: FolderStep =
      isFolder
      ? TrailFolder(path: location.prefix).step(in: window, depth: 0)
      : window.isEverything ? .listAll : .enter
    return Visit(path: location.prefix, step: step, depth: 0)
  }

  private func visits(of folders: [String], below visit: Visit) -> [Visit] {
    let isCrowded = folders.count > Self.maximumSearchedFolders
    return folders.compactMap { path in
      let folder = TrailFolder(path: path)
      let isSearched = folder.isDelivery || !isCrowded
      let depth = isSearched ? visit.depth + 1 : TrailFolder.searchDepth
      let step = folder.step(in: window, depth: depth)
      return step == .skip ? nil : Visit(path: path, step: step, depth: depth)
    }
  }

  // MARK: Connections

  /// Makes the visits of a level, each connection every so manieth, on threads of their own.
  private func visit(
    _ level: [Visit], connections: Int
  ) async -> [Result<Found, S3Failure>] {
    await withTaskGroup(of: [(Int, Result<Found, S3Failure>)].self) { group in
      for first in 0..<connections {
        group.addTask {
          await withCheckedContinuation { done in
            DispatchQueue(label: "s3-listing").async {
              let mine = Array(stride(from: first, to: level.count, by: connections))
              done.resume(returning: visit(mine, of: level))
            }
          }
        }
      }
      let found = await group.reduce(into: []) { $0 += $1 }
      return found.sorted { $0.0 < $1.0 }.map { $0.1 }
    }
  }

  private func visit(
    _ indices: [Int], of level: [Visit]
  ) -> [(Int, Result<Found, S3Failure>)] {
    var connection = S3Connection(session: session)
    var found: [(Int, Result<Found, S3Failure>)] = []
    for index in indices {
      do throws(S3Failure) {
        found.append((index, .success(try list(level[index], over: &connection))))
      } catch {
        // One failure fails the listing; the rest need not be asked for.
        return found + [(index, .failure(error))]
      }
    }
    return found
  }

  // MARK: Pages

  private func list(
    _ visit: Visit, over connection: inout S3Connection
  ) throws(S3Failure) -> Found {
    var call = ListCall(prefix: visit.path, step: visit.step)
    var body: [UInt8] = []
    var found = Found()
    while true {
      _ = try connection.send(S3Call(place: location.text, query: call.query), into: &body)
      guard let page = ListPage(body) else {
        throw S3Failure(place: location.text, message: "the listing is no ListObjectsV2 answer")
      }
      found.objects += page.objects.filter {
        !$0.isFolderMarker && TrailFolder.mayHold(key: $0.key, in: window)
      }
      found.folders += page.folders
      guard let continuation = page.continuation, !call.isOver(page) else { return found }
      call.continuation = continuation
    }
  }
}
