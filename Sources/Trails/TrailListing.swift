// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// The files that a list of paths names: sorted by the bytes of their paths, each once.
///
/// A path may be a file, a folder (with all that lies below it), a pattern with `*`, `?`, `[…]` or
/// `**` that the shell left alone, or `-` for standard input. In folders, names that begin with a
/// dot are passed over and links to folders are not followed, as users of ripgrep expect; what is
/// named outright is always read. One bad path is a fault and stops nothing.
public struct TrailListing: Sendable {
  /// The files, sorted by the bytes of their paths.
  public private(set) var files: [TrailFile] = []
  /// The paths that name nothing, or nothing that may be read.
  public private(set) var faults: [Fault] = []

  /// Creates the listing of some paths.
  public init(paths: [String]) {
    for path in paths { add(path) }
    sortFiles()
    faults.sort { utf8Less($0.file, $1.file) }
  }

  /// A folder's files mostly come in order already.
  private mutating func sortFiles() {
    let isSorted = zip(files, files.dropFirst()).allSatisfy { utf8Less($0.path, $1.path) }
    guard !isSorted else { return }
    files.sort { utf8Less($0.path, $1.path) }
    var distinct: [TrailFile] = []
    for file in files where file.path != distinct.last?.path { distinct.append(file) }
    files = distinct
  }

  private mutating func add(_ path: String) {
    guard path != "-" else { return files.append(.standardInput) }
    do {
      let status = try FileSystem.status(path)
      if status.isFolder {
        addFolder(path, named: Self.tidied(path))
      } else {
        addFile(Self.tidied(path), status)
      }
    } catch {
      guard error.isMissing, PathPattern.isPattern(path) else { return addFault(path, error) }
      addMatches(path)
    }
  }

  private mutating func addFile(_ path: String, _ status: FileSystem.Status) {
    files.append(TrailFile(path: path, size: status.size, stamp: String(status.changed)))
  }

  /// Adds all below a folder, in the order of the paths' bytes.
  ///
  /// - Parameters:
  ///   - folder: its path as it was given.
  ///   - tidied: what its files' paths begin with.
  private mutating func addFolder(_ folder: String, named tidied: String) {
    for entry in entries(of: folder) {
      let path = Self.joined(tidied, entry.name)
      if !entry.status.isFolder {
        addFile(path, entry.status)
      } else if !FileSystem.isLink(Self.joined(folder, entry.name)) {
        addFolder(Self.joined(folder, entry.name), named: path)
      }
    }
  }

  private typealias Entry = (name: String, status: FileSystem.Status)

  /// What lies in a folder and is not hidden; what cannot be looked at is a fault.
  ///
  /// The order is that of the paths below: `a.b` stands before the folder `a`, as before `a/b`.
  private mutating func entries(of folder: String) -> [Entry] {
    var entries: [(key: String, entry: Entry)] = []
    do {
      for (name, status) in try FileSystem.entries(of: folder) {
        switch status {
        case .success(let status):
          entries.append((status.isFolder ? name + "/" : name, (name, status)))
        case .failure(let refusal): addFault(Self.joined(folder, name), refusal)
        }
      }
    } catch {
      addFault(folder, error)
    }
    return entries.sorted { utf8Less($0.key, $1.key) }.map(\.entry)
  }

  private mutating func addMatches(_ pattern: String) {
    let components = pattern.split(separator: "/").map(String.init)
    let countBefore = (files.count, faults.count)
    match(components[...], in: pattern.hasPrefix("/") ? "/" : "")
    guard countBefore == (files.count, faults.count) else { return }
    addFault(pattern, reason: "no file matches")
  }

  /// Follows a pattern one component at a time.
  private mutating func match(_ components: ArraySlice<String>, in folder: String) {
    guard let component = components.first else { return add(folder) }
    let rest = components.dropFirst()
    guard PathPattern.isPattern(component) else {
      let path = Self.joined(folder, component)
      if (try? FileSystem.status(path)) != nil { match(rest, in: path) }
      return
    }
    if component == "**" { match(rest, in: folder) }
    for (name, status) in entries(of: folder.isEmpty ? "." : folder) {
      let place = Self.joined(folder, name)
      if component == "**" {
        if status.isFolder, !FileSystem.isLink(place) { match(components, in: place) }
        if rest.isEmpty, !status.isFolder { addFile(Self.tidied(place), status) }
      } else if PathPattern.matches(component, name), rest.isEmpty || status.isFolder {
        match(rest, in: place)
      }
    }
  }

  private mutating func addFault(_ path: String, _ refusal: FileSystem.Refusal) {
    addFault(path, reason: refusal.reason)
  }

  private mutating func addFault(_ path: String, reason: String) {
    faults.append(
      Fault(kind: .unreadable, file: path, offset: 0, skippedBytes: 0, reason: reason))
  }

  private static func joined(_ folder: String, _ name: String) -> String {
    folder.isEmpty || folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// Without `./` in front and doubled slashes, so that a file named twice is listed once.
  private static func tidied(_ path: String) -> String {
    let parts = path.split(separator: "/").filter { $0 != "." }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
