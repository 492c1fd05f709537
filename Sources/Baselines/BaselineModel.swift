// SPDX-License-Identifier: Apache-2.0
public import Counts

/// Learns what is usual for every series, day after day, and forecasts the next day.
///
/// A day is learnt with `learn` once it is over; `forecast` then fits all series together on up to
/// `baselineDays` days. Nothing of the forecast day or later enters.
public struct BaselineModel: Sendable {
  /// Days of history that a forecast rests on.
  public let baselineDays: Int
  /// What is taken for the spread of series of which little is known.
  private let spread: SpreadParameters
  /// By the index of the series, as the caller counts them.
  private var memories: [SeriesMemory]

  /// Creates a model without any memory.
  public init(seriesCount: Int, baselineDays: Int = 28, spread: SpreadParameters = .standard) {
    self.baselineDays = baselineDays
    self.spread = spread
    memories = Array(repeating: SeriesMemory(), count: seriesCount)
  }

  /// Learns what a series did on a day.
  ///
  /// - Parameters:
  ///   - series: its index.
  ///   - day: days since 1970-01-01; days are learnt in order.
  ///   - counts: the series' counts; only those of the day are read.
  ///   - baseline: the forecast for that day, `nil` where there was none.
  ///   - outcome: what the later stages made of the day.
  public mutating func learn(
    series: Int, day: Int, counts: SeriesCounts, baseline: Baseline?, outcome: DayOutcome
  ) {
    memories[series].learn(
      day: day, counts: counts, baseline: baseline, outcome: outcome, baselineDays: baselineDays)
  }

  /// Fits all series that have data before a day.
  ///
  /// - Parameters:
  ///   - day: days since 1970-01-01.
  ///   - firstDays: for each series, the first day with data of its account.
  /// - Returns: the day's forecast; it holds no reference to the model.
  /// - Complexity: O(series · 336 · coefficients) in BLAS, and O(series · days · 48) around it.
  public func forecast(day: Int, firstDays: [Int]) -> DayForecast {
    DayForecast(
      day: day, baselineDays: baselineDays, memories: memories, firstDays: firstDays, spread: spread
    )
  }

  // MARK: Series that come

  /// Makes room for series that are seen for the first time.
  ///
  /// - Parameter indices: where they stand among all series from now on, ascending.
  public mutating func insertSeries(at indices: [Int]) {
    memories = memories.inserting(SeriesMemory(), at: indices)
  }

  /// What is remembered of a series, to be kept between runs.
  public subscript(series: Int) -> SeriesMemory {
    get { memories[series] }
    set { memories[series] = newValue }
  }
}

extension Array {
  /// Returns the array with an element added at some places of the result, ascending.
  public func inserting(_ element: Element, at places: [Int]) -> [Element] {
    var result: [Element] = []
    result.reserveCapacity(count + places.count)
    var next = startIndex
    for place in places {
      let taken = place - result.count
      result += self[next..<next + taken]
      next += taken
      result.append(element)
    }
    return result + self[next...]
  }
}
