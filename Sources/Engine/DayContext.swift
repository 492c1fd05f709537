// SPDX-License-Identifier: Apache-2.0
import Counts
import Scores
import Vocabulary

/// What the other series of a run did on a day, for one of them.
///
/// It notes that it was asked: what rests on other series must be judged anew when they change.
final class DayContext: SeriesContext {
  /// All series on a day.
  struct Activity {
    fileprivate let series: [SeriesCounts]
    fileprivate let today: [DayExpectation?]
    fileprivate let yesterdays: [DayExpectation?]
    fileprivate let indices: [SeriesKey: Int]

    init(
      _ series: [SeriesCounts], _ today: DayRun, yesterdays: [DayExpectation?],
      indices: [SeriesKey: Int]
    ) {
      self.series = series
      self.today = today.expectations
      self.yesterdays = yesterdays
      self.indices = indices
    }

    fileprivate func scorer(_ index: Int) -> WindowScorer? {
      today[index].map {
        WindowScorer(counts: series[index], today: $0, yesterday: yesterdays[index])
      }
    }
  }

  private let index: Int
  private let around: Activity
  private(set) var wasAsked = false

  init(_ index: Int, _ around: Activity) {
    self.index = index
    self.around = around
  }

  func calls(in minutes: Range<Int>) -> CallActivity? {
    var key = around.series[index].key
    guard key.insightType == .apiErrorRate else { return nil }
    wasAsked = true
    key.insightType = .apiCallRate
    key.errorCode = ""
    guard let calls = around.indices[key], let scorer = around.scorer(calls) else { return nil }
    return CallActivity(
      count: scorer.count(from: minutes.lowerBound, to: minutes.upperBound),
      expected: scorer.mean(in: minutes))
  }

  /// The other series of its account and Region, but for those of the same API.
  func peers(in minutes: Range<Int>) -> PeerActivity? {
    wasAsked = true
    let key = around.series[index].key
    var peers: [(count: Int, expected: Double)] = []
    for other in neighbours(of: key) {
      let otherKey = around.series[other].key
      guard otherKey.eventName != key.eventName || otherKey.eventSource != key.eventSource,
        let scorer = around.scorer(other)
      else { continue }
      let (start, end) = (minutes.lowerBound, minutes.upperBound)
      peers.append((scorer.count(from: start, to: end), scorer.expected(from: start, to: end)))
    }
    return PeerActivity(peers)
  }

  /// The series of an account and Region stand side by side, for they are sorted by key.
  private func neighbours(of key: SeriesKey) -> Range<Int> {
    func belongs(_ other: Int) -> Bool {
      let otherKey = around.series[other].key
      return otherKey.recipientAccountID == key.recipientAccountID
        && otherKey.awsRegion == key.awsRegion
    }
    var (first, last) = (index, index)
    while first > 0, belongs(first - 1) { first -= 1 }
    while last + 1 < around.series.count, belongs(last + 1) { last += 1 }
    return first..<last + 1
  }
}
