// SPDX-License-Identifier: Apache-2.0

/// What a series' past windows say of its spread, by window length and by how busy the time was.
struct Dispersion: Codable, Sendable {
  /// Times of day are told apart by their rate over the day's mean rate: below 1/4, 0.6, 1.2, above.
  static let classes = 4

  private(set) var sums = [SpreadSums](
    repeating: SpreadSums(), count: windowLengths.count * classes)

  /// Where the second, third and fourth class begin.
  static let low = 0.25
  static let middle = 0.6
  static let high = 1.2

  /// The class of a time by its rate and the day's; without branches, which nobody could foretell.
  @inline(__always)
  static func classIndex(rate: Double, dayRate: Double) -> Int {
    (rate < low * dayRate ? 0 : 1) + (rate < middle * dayRate ? 0 : 1)
      + (rate < high * dayRate ? 0 : 1)
  }

  func classes(window: Int) -> ArraySlice<SpreadSums> {
    sums[window * Self.classes..<(window + 1) * Self.classes]
  }

  func total(window: Int) -> SpreadSums {
    var total = SpreadSums()
    for part in classes(window: window) { total.add(part) }
    return total
  }

  /// The sums of a window and class, as `SpreadSums.lanes` gives them.
  subscript(window: Int, class index: Int) -> SIMD4<Double> {
    get { sums[window * Self.classes + index].lanes }
    set { sums[window * Self.classes + index].lanes = newValue }
  }

  mutating func forget(by factor: Double) {
    for index in sums.indices { sums[index].scale(by: factor) }
  }

  mutating func add(
    window: Int, relativeRate: Double, mean: Double, square: Double, weight: Double = 1
  ) {
    sums[window * Self.classes + Self.classIndex(rate: relativeRate, dayRate: 1)].add(
      mean: mean, square: square, weight: weight)
  }
}
