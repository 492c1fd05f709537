// SPDX-License-Identifier: Apache-2.0

/// The parameters of one ListObjectsV2 request.
struct ListCall: Hashable, Sendable {
  let prefix: String
  let isOneLevel: Bool
  let after: String?
  let before: String?
  var continuation: String?

  /// Creates the first request of a step.
  ///
  /// - Precondition: the folder is not skipped.
  init(prefix: String, step: FolderStep) {
    precondition(step != .skip, "a folder that is skipped is not listed")
    self.prefix = prefix
    isOneLevel = step == .enter
    if case .listBetween(let after, let before) = step {
      self.after = after
      self.before = before
    } else {
      after = nil
      before = nil
    }
  }

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
