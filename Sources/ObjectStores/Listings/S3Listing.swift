// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Walks the folders of a bucket and gathers the objects in them.
struct S3Listing {
  let location: S3Location
  let window: DayWindow
  private(set) var objects: [S3Object] = []
  /// Requests that were answered, for tests and reports of progress.
  private(set) var pageCount = 0
  /// Reused from page to page.
  private var body: [UInt8] = []

  /// Above this many unknown folders side by side, each is listed whole instead of searched.
  static let maximumSearchedFolders = 100

  init(location: S3Location, window: DayWindow) {
    self.location = location
    self.window = window
  }

  /// Lists everything wanted below the location, in order of the keys' bytes.
  mutating func run(over connection: inout S3Connection) throws(S3Failure) {
    let isFolder = location.prefix.utf8.last == UInt8(ascii: "/")
    let first =
      isFolder
      ? TrailFolder(path: location.prefix).step(in: window, depth: 0)
      : window.isEverything ? .listAll : .enter
    var waiting = [(path: location.prefix, step: first, depth: 0)]
    while let (path, step, depth) = waiting.popLast() {
      let folders = try list(path, step, over: &connection)
      let isCrowded = folders.count > Self.maximumSearchedFolders
      for folder in folders {
        let known = TrailFolder(path: folder)
        let below = known.isDelivery || !isCrowded ? depth + 1 : TrailFolder.searchDepth
        waiting.append((folder, known.step(in: window, depth: below), below))
      }
    }
    objects.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  /// Takes one step and returns the folders that it met.
  private mutating func list(
    _ path: String, _ step: FolderStep, over connection: inout S3Connection
  ) throws(S3Failure) -> [String] {
    var call = ListCall(prefix: path)
    switch step {
    case .skip: return []
    case .listAll: break
    case .enter: call.isOneLevel = true
    case .listBetween(let after, let before):
      call.after = after
      call.before = before
    }
    var folders: [String] = []
    while true {
      let page = try page(call, over: &connection)
      add(page.objects)
      folders += page.folders
      guard let continuation = page.continuation, !call.isOver(page) else { return folders }
      call.continuation = continuation
    }
  }

  private mutating func add(_ found: [S3Object]) {
    for object in found where !object.isFolderMarker {
      if TrailFolder.mayHold(key: object.key, in: window) { objects.append(object) }
    }
  }

  private mutating func page(
    _ call: ListCall, over connection: inout S3Connection
  ) throws(S3Failure) -> ListPage {
    _ = try connection.send(S3Call(place: location.text, query: call.query), into: &body)
    pageCount += 1
    guard let page = ListPage(body) else {
      throw S3Failure(place: location.text, message: "the listing is no ListObjectsV2 answer")
    }
    return page
  }
}

/// The parameters of one ListObjectsV2 request.
struct ListCall: Hashable, Sendable {
  let prefix: String
  var isOneLevel = false
  var after: String?
  var before: String?
  var continuation: String?

  var query: [(name: String, value: String)] {
    var query = [
      (name: "list-type", value: "2"), (name: "encoding-type", value: "url"),
      (name: "prefix", value: prefix),
    ]
    if isOneLevel { query.append((name: "delimiter", value: "/")) }
    if let continuation {
      query.append((name: "continuation-token", value: continuation))
    } else if let after {
      query.append((name: "start-after", value: after))
    }
    return query
  }

  /// Whether a page reached the end of the wanted stretch: keys come in the order of their bytes.
  func isOver(_ page: ListPage) -> Bool {
    guard let before, let last = page.objects.last else { return false }
    return !last.key.utf8.lexicographicallyPrecedes(before.utf8)
  }
}
