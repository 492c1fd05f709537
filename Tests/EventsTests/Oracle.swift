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
  func text(_ key: String) -> String { record[key] as? String ?? "" }
  guard ["", "Management", "Data"].contains(text("eventCategory")),
    let time = Timestamp(rfc3339: text("eventTime")) ?? Timestamp(rfc3339: text("eventTime") + "Z"),
    (2000...2100).contains(1970 + time.secondsSinceEpoch / 31_557_600)
  else { return nil }
  let identity = record["userIdentity"] as? [String: Any] ?? [:]
  var row = Decoded.Row(eventTime: time.secondsSinceEpoch)
  row.eventID = nonEmpty(record["eventID"])
  let isRead = ["Get", "List", "Describe"].contains { text("eventName").hasPrefix($0) }
  row.isReadOnly = flag(record["readOnly"]) ?? isRead
  let isManagement = flag(record["managementEvent"]) ?? true
  row.category = nonEmpty(record["eventCategory"]) ?? (isManagement ? "Management" : "Data")
  row.account =
    record["recipientAccountId"] as? String ?? account ?? identity["accountId"] as? String ?? ""
  row.region = text("awsRegion")
  row.source = text("eventSource")
  row.name = text("eventName")
  row.errorCode = oracleError(record)
  row.caller = oracleCaller(identity)
  row.userAgent = text("userAgent")
  row.sourceIP = text("sourceIPAddress")
  row.accessKey = identity["accessKeyId"] as? String ?? ""
  let addendum = record["addendum"] as? [String: Any]
  row.replaces =
    addendum?["reason"] as? String == "UPDATED_DATA" ? nonEmpty(addendum?["originalEventID"]) : nil
  return row
}

private func nonEmpty(_ value: Any?) -> String? {
  (value as? String).flatMap { $0.isEmpty ? nil : $0 }
}

/// A truth value as JSON has it, or as a text.
private func flag(_ value: Any?) -> Bool? {
  if let text = value as? String { return Bool(text) }
  return value as? Bool
}

private func oracleError(_ record: [String: Any]) -> String {
  if let code = record["errorCode"], !(code is NSNull) { return code as? String ?? "" }
  guard (record["eventSource"] as? String)?.hasPrefix("signin.") == true else { return "" }
  let answer = (record["responseElements"] as? [String: Any])?["ConsoleLogin"] as? String
  let hasMessage = record["errorMessage"].map { !($0 is NSNull) } ?? false
  return hasMessage || answer == "Failure" ? "Failure" : ""
}

private func oracleCaller(_ identity: [String: Any]) -> String {
  func text(_ key: String) -> String? { nonEmpty(identity[key]) }
  let issuer = (identity["sessionContext"] as? [String: Any])?["sessionIssuer"] as? [String: Any]
  let role = nonEmpty(issuer?["arn"])
  if ["Role", "FederatedUser"].contains(text("type")), let role { return role }
  if let arn = text("arn") {
    return arn.contains(":assumed-role/")
      ? arn.split(separator: "/").prefix(2).joined(separator: "/") : arn
  }
  switch text("type") {
  case "AWSAccount": if let account = text("accountId") { return "AWSAccount:" + account }
  case "AWSService", nil: if let service = text("invokedBy") { return service }
  default: break
  }
  let names = ["userName", "principalId", "invokedBy", "accountId", "type"].compactMap(text)
  return role ?? names.first ?? "Unknown"
}
