// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

/// What a record that lacks a field most likely meant; every use is tallied.
enum EventGuesses {
  /// Returns whether a call of this name only reads, by the verb that the name begins with.
  static func isReadOnly(_ eventName: Span<UInt8>) -> Bool {
    readVerbs.contains { eventName.begins(with: $0) }
  }

  /// Returns the category of a call before version 1.07, which did not say it.
  static func category(eventSource: Span<UInt8>, eventName: Span<UInt8>) -> EventCategory {
    let isData =
      if eventSource.begins(with: "s3.") {
        objectCalls.contains { eventName.begins(with: $0) }
      } else if eventSource.begins(with: "lambda.") {
        eventName.begins(with: "Invoke")
      } else if eventSource.begins(with: "dynamodb.") {
        itemCalls.contains { eventName.begins(with: $0) }
      } else {
        false
      }
    return isData ? .data : .management
  }

  /// `AssumeRole` and the key operations read, too: CloudTrail marks them so.
  private static let readVerbs: [StaticString] = [
    "Get", "List", "Describe", "Head", "Lookup", "BatchGet", "BatchDescribe", "BatchCheck",
    "Search",
    "Query", "Scan", "Select", "View", "Check", "Count", "Discover", "Estimate", "Preview",
    "Simulate", "AssumeRole", "Decrypt", "Encrypt", "GenerateDataKey",
  ]

  private static let objectCalls: [StaticString] = [
    "GetObject", "PutObject", "HeadObject", "DeleteObject", "CopyObject", "ListObject", "ListParts",
    "RestoreObject", "SelectObjectContent", "UploadPart", "CreateMultipartUpload",
    "CompleteMultipartUpload", "AbortMultipartUpload",
  ]

  private static let itemCalls: [StaticString] = [
    "GetItem", "PutItem", "UpdateItem", "DeleteItem", "BatchGetItem", "BatchWriteItem", "Query",
    "Scan", "TransactGetItems", "TransactWriteItems", "ExecuteStatement", "BatchExecuteStatement",
    "ExecuteTransaction",
  ]
}
