// SPDX-License-Identifier: Apache-2.0

/// The columns of a table of events: Event history, Lake and Athena write them under other names.
struct TableColumns {
  /// Where a column's cells stand in a record.
  private enum Target {
    case field(String)
    case identity(String)
    case identityRow
    case wholeRecord
  }

  private let targets: [Target?]
  private let isEventHistory: Bool

  /// Takes a header; `nil` where it is none of a table of events.
  init?(_ header: [String]) {
    let names = header.map(Self.normalized)
    let isTable =
      names.contains("eventjson")
      || names.contains("eventname") && (names.contains("eventtime") || names.contains("eventid"))
    guard isTable else { return nil }
    targets = names.map(Self.target)
    isEventHistory = names.contains("awsaccesskey") && names.contains("readonly")
  }

  var count: Int { targets.count }
  /// The table can name no ARN, so that the caller is a user name at best.
  var lacksARN: Bool {
    !targets.contains {
      switch $0 {
      case .identity("arn"), .identityRow, .wholeRecord: true
      default: false
      }
    }
  }
  /// The download of the console's Event history page.
  var isHistory: Bool { isEventHistory }

  /// Returns a row as the JSON of a record.
  func record(_ cells: [String]) -> [UInt8] {
    var fields: [(String, String)] = []
    var identity: [(String, String)] = []
    for (target, cell) in zip(targets, cells) where !cell.isEmpty {
      switch target {
      case .wholeRecord where cell.hasPrefix("{"): return Array(cell.utf8)
      case .field(let name): fields.append((name, cell))
      case .identity(let name): identity.append((name, cell))
      case .identityRow: identity += Self.pairs(cell)
      default: break
      }
    }
    return RecordWriter.json(fields, identity: identity)
  }

  /// Without case, blanks and dashes: `Read-only`, `readOnly` and `readonly` are one column.
  private static func normalized(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "." }
  }

  private static func target(_ name: String) -> Target? {
    if let field = fields[name] { return .field(field) }
    if let field = identityFields[name] { return .identity(field) }
    if name == "useridentity" { return .identityRow }
    return name == "eventjson" ? .wholeRecord : nil
  }

  private static let fields: [String: String] = {
    let names = [
      "eventVersion", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress",
      "userAgent", "errorCode", "errorMessage", "eventID", "eventType", "readOnly",
      "managementEvent", "eventCategory", "recipientAccountId",
    ]
    return Dictionary(uniqueKeysWithValues: names.map { (normalized($0), $0) })
  }()

  private static let identityFields: [String: String] = {
    let names = ["type", "arn", "principalId", "accountId", "accessKeyId", "userName", "invokedBy"]
    var fields = ["username": "userName", "awsaccesskey": "accessKeyId"]
    for name in names { fields["useridentity." + name.lowercased()] = name }
    return fields
  }()

  /// Reads the pairs of a row as Presto prints it: `{type=AssumedRole, arn=…, …}`.
  private static func pairs(_ row: String) -> [(String, String)] {
    guard row.hasPrefix("{"), row.hasSuffix("}") else { return [] }
    var pairs: [(String, String)] = []
    var depth = 0
    var part = ""
    for character in row.dropFirst().dropLast() + "," {
      if character == "{" || character == "[" { depth += 1 }
      if character == "}" || character == "]" { depth -= 1 }
      guard depth == 0, character == "," else {
        part.append(character)
        continue
      }
      let sides = part.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
      if sides.count == 2, sides[1] != "null",
        let name = identityFields["useridentity." + sides[0].lowercased()]
      {
        pairs.append((name, sides[1]))
      }
      part = ""
    }
    return pairs
  }
}
