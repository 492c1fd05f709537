// SPDX-License-Identifier: Apache-2.0
import Baselines
import Counts
import Glibc
import LinearAlgebra
import Vocabulary

/// Times the daily fit of many series beside the bare matrix products that it stands on.
@main struct FitSpeed {
  /// Days that each series has been known.
  static let days = 28
  /// All are timed so many times, in turns.
  static let rounds = 5

  static func main() {
    guard CommandLine.arguments.count == 2, let count = Int(CommandLine.arguments[1]), count > 0
    else {
      print("usage: fit-speed SERIES")
      return
    }
    setBLASThreadCount(1)
    var model = BaselineModel(seriesCount: count)
    let learning = learn(&model, count)
    let own = BareProducts(weekends: FitShape.weekends)
    let single = BareProducts(weekends: 1)
    var rounds: [[Double]] = []
    for _ in 0..<Self.rounds {
      rounds.append([
        seconds { forecast(model, count) }, seconds { own.run(series: count) },
        seconds { single.run(series: count) },
      ])
    }
    print(
      "| series | learning, µs a series-day | fit, µs a series | its own products, µs | ratio "
        + "| share, % | products of one weekend, µs | ratio |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|")
    let each = (0..<3).map { column in median(rounds.map { $0[column] }) / Double(count) * 1e6 }
    let cells = [
      learning / Double(count * days) * 1e6, each[0], each[1], median(rounds.map { $0[0] / $0[1] }),
      100 * median(rounds.map { $0[1] / $0[0] }), each[2], median(rounds.map { $0[0] / $0[2] }),
    ]
    print("| \(count) | " + cells.map(decimal).joined(separator: " | ") + " |")
  }

  /// Has the model learn all days of all series, each by the forecast of its time, as a run does;
  /// returns the seconds without the forecasts.
  private static func learn(_ model: inout BaselineModel, _ count: Int) -> Double {
    let firstDays = Array(repeating: 0, count: count)
    var total = 0.0
    for day in 0..<days {
      let forecast = model.forecast(day: day, firstDays: firstDays)
      for series in 0..<count {
        let counts = counts(of: series, day: day)
        let baseline = forecast.baselines[series]
        total += seconds {
          model.learn(
            series: series, day: day, counts: counts, baseline: baseline, outcome: DayOutcome())
        }
      }
    }
    return total
  }

  /// Some sixty minutes with calls, more by day than by night.
  private static func counts(of series: Int, day: Int) -> SeriesCounts {
    var state = UInt64(series * days + day) &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var minutes: Set<Int32> = []
    for call in 0..<60 { minutes.insert(Int32(day * 1440 + (call < 45 ? 480 : 0) + random(600))) }
    return SeriesCounts(
      key: SeriesKey(
        recipientAccountID: "1", awsRegion: "r", eventCategory: "Management", eventSource: "s",
        eventName: "n", insightType: .apiCallRate),
      minutes: minutes.sorted(), counts: minutes.map { _ in 1 + random(3) })
  }

  private static func forecast(_ model: BaselineModel, _ count: Int) {
    let forecast = model.forecast(day: days, firstDays: Array(repeating: 0, count: count))
    precondition(
      forecast.baselines.count { $0 != nil } == count, "every series has a forecast")
  }

  /// Seconds of the processor, which do not count those of other programs.
  private static func seconds(_ work: () -> Void) -> Double {
    let start = clock()
    work()
    return Double(clock() - start) / Double(CLOCKS_PER_SEC)
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  private static func decimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
