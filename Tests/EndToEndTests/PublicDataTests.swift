// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

private let dataFolder = ProcessInfo.processInfo.environment["TRAIL_INSIGHTS_DATA"]

/// Real CloudTrail files, where a folder with them is named.
@Suite(.enabled(if: dataFolder != nil, "TRAIL_INSIGHTS_DATA names no folder"))
struct PublicDataTests {
  @Test(arguments: [("invictus/CloudTrail", 55), ("stratus-detonation-logs", 35)])
  func `every record of real files is read`(folder: String, files: Int) throws {
    let path = (dataFolder ?? "") + "/" + folder
    let run = try Tool.run(["count", path, "--csv", "/dev/null", "--coverage", "-"])
    #expect(run.out.contains("\"files\":"))
    var records = 0
    let names = try FileManager.default.subpathsOfDirectory(atPath: path)
    for name in names where name.hasSuffix(".json") {
      let data = try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))
      let value = try JSONSerialization.jsonObject(with: data)
      let list = (value as? [Any]) ?? (value as? [String: Any])?["Records"] as? [Any] ?? []
      records += list.count
    }
    #expect(run.out.contains("\"records\":\(records),"), "\(run.out.prefix(300))")
  }
}
