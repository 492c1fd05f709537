// SPDX-License-Identifier: Apache-2.0

/// Returns the first whole number from `start` on for which a condition holds that, once it holds,
/// goes on holding: by doubling steps and then halving them.
///
/// - Complexity: O(log n) conditions, n the distance.
func firstIndex(from start: Int, where holds: (Int) -> Bool) -> Int {
  guard !holds(start) else { return start }
  var low = start
  var step = 1
  while step < 1 << 40, !holds(low + step) {
    low += step
    step *= 2
  }
  var high = low + step
  while high - low > 1 {
    let middle = (low + high) / 2
    if holds(middle) { high = middle } else { low = middle }
  }
  return high
}
