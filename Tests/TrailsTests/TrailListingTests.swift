// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import Trails
import Vocabulary

/// A folder of its own for one test, removed when the test is over.
final class TemporaryFolder {
  let path: String

  init(_ files: [String: String] = [:]) throws {
    path = NSTemporaryDirectory() + "trail-insights-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, content) in files { try write(name, Data(content.utf8)) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ content: Data) throws {
    let url = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try content.write(to: url)
  }

  /// Paths below the folder.
  func names(_ listing: TrailListing) -> [String] {
    listing.files.map { String($0.path.dropFirst(path.count + 1)) }
  }
}

@Suite("Listing trail files")
struct TrailListingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder([
      "b.json": "{}", "a/2.json": "22", "a/10.json": "", "a/deep/er/x.gz": "", ".DS_Store": "",
      ".git/config": "", "ä.json": "", "a.json": "",
    ])
  }

  @Test("A folder is everything below it, sorted by bytes, without hidden names")
  func wholeFolder() {
    let listing = TrailListing(paths: [folder.path + "/"])
    #expect(
      folder.names(listing) == [
        "a.json", "a/10.json", "a/2.json", "a/deep/er/x.gz", "b.json", "ä.json",
      ])
    #expect(listing.faults.isEmpty)
    #expect(listing.files.first { $0.path.hasSuffix("2.json") }?.size == 2)
  }

  @Test("A file named twice is listed once, a hidden one when named outright")
  func namedOutright() {
    let paths = ["/b.json", "/./b.json", "//b.json", "/.DS_Store"].map { folder.path + $0 }
    #expect(folder.names(TrailListing(paths: paths)) == [".DS_Store", "b.json"])
  }

  @Test(
    "Patterns that the shell left alone",
    arguments: [
      ("*.json", ["a.json", "b.json", "ä.json"]),
      ("a/*", ["a/10.json", "a/2.json", "a/deep/er/x.gz"]),
      ("?.json", ["a.json", "b.json", "ä.json"]), ("[!b].json", ["a.json", "ä.json"]),
      ("[a-b].json", ["a.json", "b.json"]), ("**/x.gz", ["a/deep/er/x.gz"]),
      ("**/*.json", ["a.json", "a/10.json", "a/2.json", "b.json", "ä.json"]),
      ("a/**/*.gz", ["a/deep/er/x.gz"]), ("*/[0-9].json", ["a/2.json"]),
    ])
  func patterns(pattern: String, names: [String]) {
    let listing = TrailListing(paths: [folder.path + "/" + pattern])
    #expect(folder.names(listing) == names)
    #expect(listing.faults.isEmpty)
  }

  @Test("What is not there is a fault and stops nothing")
  func missing() {
    let paths = [folder.path + "/none", folder.path + "/*.none", folder.path + "/b.json", "-"]
    let listing = TrailListing(paths: paths)
    #expect(listing.files.map(\.path) == ["-", folder.path + "/b.json"])
    #expect(listing.faults.map(\.kind) == [.unreadable, .unreadable])
    #expect(listing.faults.map(\.reason) == ["no file matches", "No such file or directory"])
  }

  @Test("Links to files are read, links to folders are not followed")
  func links() throws {
    let manager = FileManager.default
    try manager.createSymbolicLink(
      atPath: folder.path + "/a/loop", withDestinationPath: folder.path)
    try manager.createSymbolicLink(
      atPath: folder.path + "/a/link", withDestinationPath: folder.path + "/b.json")
    try manager.createSymbolicLink(atPath: folder.path + "/a/dead", withDestinationPath: "/nowhere")
    let listing = TrailListing(paths: [folder.path + "/a"])
    #expect(folder.names(listing) == ["a/10.json", "a/2.json", "a/deep/er/x.gz", "a/link"])
    #expect(listing.faults.map(\.file) == [folder.path + "/a/dead"])
  }
}
