// SPDX-License-Identifier: Apache-2.0
import Testing
import Vocabulary

@testable import Synthesis

private func trail(seed: UInt64, days: Int = 9, series: Int = 60) -> SyntheticTrail {
  var options = SynthesisOptions(seed: seed)
  options.days = days
  options.seriesCount = series
  return SyntheticTrail(options: options)
}

/// The least likely window that touches a stretch, by trying all (of a long one, every seventh).
private func naiveBestTail(_ table: LawTable, _ counts: [Int], _ stretch: Range<Int>) -> Double {
  var best = 0.0
  for length in [1, 5, 15, 60, 240] {
    let first = max(0, stretch.lowerBound - length + 1)
    for start in stride(from: first, to: stretch.upperBound, by: stretch.count > 500 ? 7 : 1) {
      let window = (start..<start + length).clamped(to: 0..<table.minuteCount)
      best = min(best, table.log10UpperTail(count: counts[window].reduce(0, +), in: window))
    }
  }
  return best
}

@Suite struct TrueLawTests {
  @Test("Each incident's best window has a chance below 1e-6", arguments: [11, 12] as [UInt64])
  func labelsStandOut(seed: UInt64) {
    let trail = trail(seed: seed)
    #expect(!trail.labels.isEmpty)
    for label in trail.labels {
      let table = trail.lawTable(ofSeries: label.seriesIndex)
      let stretch = label.start - trail.firstMinute..<label.end - trail.firstMinute
      let tail = naiveBestTail(table, trail.counts(ofSeries: label.seriesIndex), stretch)
      #expect(tail < -6, "seed \(seed): \(label)")
    }
  }

  @Test("No series changes outside of its labels", arguments: [13, 14] as [UInt64])
  func nothingUnlabelled(seed: UInt64) {
    let trail = trail(seed: seed)
    for incident in trail.incidents {
      let isShift = incident.family == .levelShift
      for minute in incident.extras.keys {
        #expect(isShift || incident.minutes.contains(minute), "seed \(seed): \(incident.family)")
      }
    }
    let bySeries = Dictionary(grouping: trail.labels, by: \.seriesIndex)
    for (_, labels) in bySeries {
      for (earlier, later) in zip(labels, labels.dropFirst()) {
        #expect(later.start >= earlier.end + 1440, "seed \(seed): \(earlier) \(later)")
      }
    }
  }

  @Test("Each lure of a series is usual, and of most kinds there is one")
  func luresAreUsual() {
    let trail = trail(seed: 15, days: 15, series: 100)
    var kinds: Set<TrailLure.Kind> = []
    for lure in trail.lures {
      kinds.insert(lure.kind)
      guard let index = lure.seriesIndex, lure.kind != .growth else { continue }
      let stretch = lure.start - trail.firstMinute..<lure.end - trail.firstMinute
      let tail = trail.lawTable(ofSeries: index).log10BestTail(
        trail.counts(ofSeries: index), in: stretch)
      #expect(tail > -3, "\(lure)")
    }
    #expect(kinds.isSuperset(of: [.outage, .backlog, .nightlyBurst, .usualClump, .mondayMorning]))
  }

  @Test("Counts of windows have the law's mean and variance", arguments: SeriesFamily.allCases)
  func moments(family: SeriesFamily) {
    let rhythm = TrailRhythm(minuteCount: 21 * 1440, firstWeekday: 0, seed: 1)
    for seed in 0..<2 as Range<UInt64> {
      var random = SeededGenerator(seed: seed, 99)
      let law = family.drawLaw(rhythm, &random)
      guard law.averageRate > 0.01 else { continue }
      let table = LawTable(law, rhythm)
      for length in [1, 5, 15, 60, 240] {
        var squares = 0.0
        var windows = 0.0
        for _ in 0..<2 {
          let counts = law.drawCounts(rhythm, &random)
          for start in stride(from: 0, to: rhythm.minuteCount, by: length) {
            let (mean, variance) = table.moments(start..<start + length)
            guard variance > 0 else { continue }
            let error = Double(counts[start..<start + length].reduce(0, +)) - mean
            squares += error * error / variance
            windows += 1
          }
        }
        // A chi-square over its degrees; effects of whole days make it noisy.
        let ratio = squares / windows
        #expect((0.6...1.6).contains(ratio), "seed \(seed), \(length) minutes: \(ratio)")
      }
    }
  }

  @Test("A level shift adds calls at random, and leaves the clumps as they are")
  func levelShift() {
    let rhythm = TrailRhythm(minuteCount: 5 * 1440, firstWeekday: 0, seed: 1)
    var random = SeededGenerator(seed: 3, 99)
    let law = SeriesFamily.clumpy.drawLaw(rhythm, &random)
    let usual = LawTable(law, rhythm)
    let shifted = LawTable(law, rhythm, shift: (2 * 1440, 3))
    for start in stride(from: 0, to: rhythm.minuteCount, by: 240) {
      let (mean, variance) = usual.moments(start..<start + 240)
      let found = shifted.moments(start..<start + 240)
      let factor = start < 2 * 1440 ? 1.0 : 3
      #expect(abs(found.mean / (factor * mean) - 1) < 1e-9)
      #expect(abs(found.variance / (variance + (factor - 1) * mean) - 1) < 1e-9)
    }
  }

  @Test("In the outage nothing is counted, and after it more than usual")
  func outage() {
    let trail = trail(seed: 16, days: 14, series: 20)
    #expect((60...240).contains(trail.rhythm.outage.count))
    var (before, after) = (0, 0)
    for index in trail.series.indices {
      let counts = trail.counts(ofSeries: index)
      #expect(trail.rhythm.outage.allSatisfy { counts[$0] == 0 })
      after += counts[trail.rhythm.backlog].reduce(0, +)
      let span = trail.rhythm.backlog.count
      before +=
        counts[trail.rhythm.outage.lowerBound - span..<trail.rhythm.outage.lowerBound]
        .reduce(0, +)
    }
    #expect(after > before)
  }
}
