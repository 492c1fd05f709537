// SPDX-License-Identifier: Apache-2.0

/// What came at a time of the day on working days, and on weekends.
struct DaySlots {
  /// Weighted events and weights by half hour of working days, and of weekends.
  private var sums = [(events: Octet, weight: Octet)](
    repeating: (Octet(), Octet()), count: 2 * HalfHours.octetsPerDay)
  private var means = [Octet](repeating: Octet(), count: 2 * HalfHours.octetsPerDay)
  /// Where an octet of the week is added up, and the weekend for which that holds.
  private var places = [Int](repeating: 0, count: HalfHours.octetsPerWeek)
  private var weekend: Weekend?

  /// Adds up the days of a series, in place of what was there.
  mutating func add(_ history: HistoryBlock, row: Int, weekend: Weekend) {
    setPlaces(weekend)
    sum(history, row)
    // Where no weight is, no events are.
    for index in means.indices {
      means[index] = sums[index].events / sums[index].weight.atLeast(Octet(repeating: 1e-30))
    }
  }

  private mutating func sum(_ history: HistoryBlock, _ row: Int) {
    for index in sums.indices { sums[index] = (Octet(), Octet()) }
    let (perDay, places, roots) = (history.weights.perDay, places, history.roots.span)
    var sums = sums.mutableSpan
    for day in history.firstDay(row)..<perDay.count {
      let (weight, weekday) = perDay[day]
      let (start, missing) = (history.start(row, day), history.missing(row, day))
      for octet in 0..<HalfHours.octetsPerDay {
        var shares = Octet(repeating: Float(weight))
        if missing != 0 { shares *= Octet.present(missing, octet) }
        let place = places[weekday + octet]
        sums[place].events += shares * Anscombe.counts(roots[start + octet])
        sums[place].weight += shares
      }
    }
  }

  /// Events per half hour at the time of an octet of the week.
  func mean(_ octet: Int) -> Octet { means[places[octet]] }

  /// By time of day, working days first.
  private mutating func setPlaces(_ weekend: Weekend) {
    guard weekend != self.weekend else { return }
    self.weekend = weekend
    for octet in places.indices {
      places[octet] =
        (weekend.contains(octet: octet) ? HalfHours.octetsPerDay : 0)
        + octet % HalfHours.octetsPerDay
    }
  }
}
