// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// The parts of a coverage in the one order in which every report names them.
extension Coverage {
  /// The faults by file, offset, kind and reason.
  public var sortedFaults: [Fault] {
    faults.sorted { left, right in
      if left.file != right.file { return utf8Less(left.file, right.file) }
      if left.offset != right.offset { return left.offset < right.offset }
      if left.kind != right.kind { return utf8Less(left.kind.rawValue, right.kind.rawValue) }
      return utf8Less(left.reason, right.reason)
    }
  }

  /// How many faults there are of each kind, under the kind's name.
  var faultCounts: [String: Int] {
    faults.reduce(into: omittedFaults) { counts, fault in
      counts[fault.kind.rawValue, default: 0] += 1
    }
  }

  /// The gaps by account, Region and time.
  var sortedGaps: [Gap] {
    gaps.sorted { left, right in
      if left.recipientAccountID != right.recipientAccountID {
        return utf8Less(left.recipientAccountID, right.recipientAccountID)
      }
      if left.awsRegion != right.awsRegion { return utf8Less(left.awsRegion, right.awsRegion) }
      if left.range.start != right.range.start { return left.range.start < right.range.start }
      return left.range.end < right.range.end
    }
  }
}
