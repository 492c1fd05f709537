// SPDX-License-Identifier: Apache-2.0
import Vocabulary

extension RecordWriter {
  mutating func put(_ texts: String...) {
    for text in texts { bytes.append(contentsOf: text.utf8) }
  }

  /// Writes the low digits of a number, in base 16.
  mutating func putHex(_ number: UInt64, digits: Int) {
    for position in stride(from: 4 * (digits - 1), through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: number >> UInt64(position)) & 15
      bytes.append(digit < 10 ? 48 + digit : 87 + digit)
    }
  }

  /// Writes a random GUID of version 4.
  mutating func putGUID(_ random: inout SeededGenerator) {
    let high = random.next()
    let low = random.next()
    putHex(high >> 32, digits: 8)
    put("-")
    putHex(high >> 16, digits: 4)
    put("-4")
    putHex(high, digits: 3)
    put("-")
    putHex((low >> 48) & 0x3FFF | 0x8000, digits: 4)
    put("-")
    putHex(low, digits: 12)
  }

  mutating func putTime(_ second: Int) {
    put(Timestamp(secondsSinceEpoch: second).rfc3339)
  }
}

extension SeriesKey {
  /// Whether the name alone makes a reader take the API for read-only.
  var looksReadOnly: Bool {
    ["Get", "List", "Describe", "Head"].contains { eventName.hasPrefix($0) }
  }
}

/// What a service says with an error code.
func errorMessage(_ code: String) -> String {
  switch code {
  case "AccessDenied", "AccessDeniedException", "Client.UnauthorizedOperation":
    "You are not authorized to perform this operation."
  case "ThrottlingException", "Throttling", "Client.RequestLimitExceeded",
    "ProvisionedThroughputExceededException":
    "Rate exceeded"
  case "Client.DryRunOperation": "Request would have succeeded, but DryRun flag is set."
  default: "The requested resource does not exist."
  }
}
