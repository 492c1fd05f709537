// SPDX-License-Identifier: Apache-2.0

/// Fits the profiles of a block of series, robustly: once as their days are, and once with what
/// stood out clipped and what is missing filled from the first fit; its storage serves block after
/// block.
struct BlockFit {
  private(set) var profiles: FittedProfiles
  private var sums: WeekSums
  private var bounds = ClipBounds()

  /// Makes room for so many series.
  init(_ fits: ProfileFits, rowCount: Int) {
    profiles = FittedProfiles(fits, rowCount: rowCount)
    sums = WeekSums(rowCount: rowCount)
  }

  /// Fits the profiles of the first rows.
  mutating func fit(_ history: HistoryBlock, rows: Int) {
    for row in 0..<rows { addUp(history, row) }
    profiles.choose(&sums, rows: rows)
    for row in 0..<rows {
      bounds.set(history, profiles, row)
      addUpClipped(history, row)
    }
    profiles.refit(&sums)
  }

  /// Adds the values up, what is missing taken for the mean.
  private mutating func addUp(_ history: HistoryBlock, _ row: Int) {
    let mean = history.means[row]
    sums.set(history, row: row, place: row) { root, _, missing in
      guard missing != 0 else { return root }
      let present = Octet.whereUnset[Int(missing)]
      return present * root + (1 - present) * mean
    }
  }

  /// Adds the values up with those that stand out from the first fit taken back to three
  /// deviations, so that an incident nobody told does not teach; up to four events more than the
  /// fit always stand.
  private mutating func addUpClipped(_ history: HistoryBlock, _ row: Int) {
    let bounds = bounds.octets
    sums.set(history, row: row, place: profiles.place(row)) { root, octet, missing in
      let bound = bounds[octet]
      let value = bound.clipped(root)
      guard missing != 0 else { return value }
      let present = Octet.whereUnset[Int(missing)]
      return present * value + (1 - present) * bound.fitted
    }
  }
}

/// Between what values half hours of the week may lie to teach.
private struct ClipBound {
  let fitted: Octet
  private let lowest: Octet
  private let highest: Octet
  /// So much and less may teach whatever `highest` is: its square.
  private let fewSquared: Octet

  init(fitted: Octet, deviation: Float) {
    self.fitted = fitted
    lowest = fitted - 4 * deviation
    highest = fitted + 3 * deviation
    fewSquared = fitted * fitted + 4
  }

  @inline(__always)
  func clipped(_ root: Octet) -> Octet {
    var result = root.atLeast(lowest)
    // Few are so far above that the root is worth its time.
    if (root - highest).atMost(root * root - fewSquared).largest > 0 {
      for lane in result.indices {
        result[lane] = min(result[lane], max(highest[lane], fewSquared[lane].squareRoot()))
      }
    }
    return result
  }
}

private struct ClipBounds {
  private(set) var octets = [ClipBound](
    repeating: ClipBound(fitted: Octet(), deviation: 0), count: HalfHours.octetsPerWeek)
  private var fitted = [Octet](repeating: Octet(), count: HalfHours.octetsPerWeek)

  mutating func set(_ history: HistoryBlock, _ profiles: FittedProfiles, _ row: Int) {
    profiles.copyRoots(row, into: &fitted)
    let deviation = deviation(history, row)
    for octet in octets.indices {
      octets[octet] = ClipBound(fitted: fitted[octet], deviation: deviation)
    }
  }

  /// The root mean square of what the fit leaves.
  private func deviation(_ history: HistoryBlock, _ row: Int) -> Float {
    let (roots, fitted) = (history.roots.span, fitted.span)
    var index = history.start(row, 0)
    var squares = Octet()
    var count = 0
    for (day, (_, weekday)) in history.weights.perDay.enumerated() {
      let missing = history.missing(row, day)
      count += HalfHours.perDay - missing.nonzeroBitCount
      for octet in 0..<HalfHours.octetsPerDay {
        var residual = roots[index] - fitted[weekday + octet]
        if missing != 0 { residual *= Octet.present(missing, octet) }
        squares += residual * residual
        index += 1
      }
    }
    return count > 0 ? Float((squares.total / Double(count)).squareRoot()) : 0
  }
}
