// SPDX-License-Identifier: Apache-2.0
import Foundation
import Vocabulary

/// The slow twin of the decoder, for whole documents: Foundation's JSON and plain dictionaries.
func oracle(_ data: Data, file: String) -> [Decoded.Row] {
  guard let value = try? JSONSerialization.jsonObject(with: data) else { return [] }
  let document = value as? [String: Any]
  let records =
    (document?["Records"] as? [[String: Any]]) ?? (value as? [[String: Any]])
    ?? document.map { [$0] } ?? []
  let prefix = String(file.prefix(12))
  return records.compactMap { oracleRow($0, account: Int(prefix) == nil ? nil : prefix) }
}

func oracleRow(_ record: [String: Any], account: String?) -> Decoded.Row? {
  let category = record["eventCategory"] as? String
  guard category == nil || category == "Management" || category == "Data",
    let time = (record["eventTime"] as? String).flatMap(Timestamp.init(rfc3339:))
  else { return nil }
  func text(_ key: String) -> String { record[key] as? String ?? "" }
  let identity = record["userIdentity"] as? [String: Any] ?? [:]
  let isManagement = record["managementEvent"] as? Bool ?? true
  var row = Decoded.Row(eventTime: time.secondsSinceEpoch)
  row.eventID = record["eventID"] as? String
  let isRead = ["Get", "List", "Describe"].contains { text("eventName").hasPrefix($0) }
  row.isReadOnly = record["readOnly"] as? Bool ?? isRead
  row.category = category ?? (isManagement ? "Management" : "Data")
  row.account =
    record["recipientAccountId"] as? String ?? account ?? identity["accountId"] as? String ?? ""
  row.region = text("awsRegion")
  row.source = text("eventSource")
  row.name = text("eventName")
  row.errorCode = text("errorCode")
  if row.name == "ConsoleLogin", record["errorMessage"] is String, row.errorCode.isEmpty {
    row.errorCode = "Failure"
  }
  row.caller = oracleCaller(identity)
  row.userAgent = text("userAgent")
  row.sourceIP = text("sourceIPAddress")
  row.accessKey = identity["accessKeyId"] as? String ?? ""
  return row
}

private func oracleCaller(_ identity: [String: Any]) -> String {
  func text(_ key: String) -> String? { identity[key] as? String }
  let issuer = (identity["sessionContext"] as? [String: Any])?["sessionIssuer"] as? [String: Any]
  if ["Role", "FederatedUser"].contains(text("type")), let arn = issuer?["arn"] as? String {
    return arn
  }
  if let arn = text("arn") {
    return arn.contains(":assumed-role/")
      ? arn.split(separator: "/").prefix(2).joined(separator: "/") : arn
  }
  switch text("type") {
  case "AWSAccount": return "AWSAccount:" + (text("accountId") ?? "")
  case "AWSService": return text("invokedBy") ?? "Unknown"
  default: return text("userName") ?? text("principalId") ?? text("invokedBy") ?? "Unknown"
  }
}
