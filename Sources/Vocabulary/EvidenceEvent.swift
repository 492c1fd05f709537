// SPDX-License-Identifier: Apache-2.0

/// An event that shows what an insight tells, and where it can be read.
public struct EvidenceEvent: Hashable, Codable, Sendable {
  /// Its `eventID` as CloudTrail wrote it.
  public let eventID: String
  /// The path of the file that it stands in, `-` for standard input; empty where it is not known,
  /// as in a table of counts.
  public let file: String

  /// Creates the evidence that an event in a file is.
  public init(eventID: String, file: String) {
    self.eventID = eventID
    self.file = file
  }
}
