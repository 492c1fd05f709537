// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// What to do with a folder of a bucket when only some days are wanted.
enum FolderStep: Hashable, Sendable {
  case skip
  /// List its folders and decide on each.
  case enter
  /// List all keys below it.
  case listAll
  /// List the keys below it after one key and up to another, not including that.
  case listBetween(after: String?, before: String?)
}

/// A folder, and what its path says in the layout of AWS's deliveries:
/// `[…/]AWSLogs/[o-id/]account/service/region/YYYY/MM/DD/`.
struct TrailFolder: Hashable, Sendable {
  let path: String
  private let parts: [String]
  /// The parts after `AWSLogs` and the organization; `nil` outside of the layout.
  private let delivery: ArraySlice<String>?

  /// Whether the folder lies in the layout of AWS's deliveries.
  var isDelivery: Bool { delivery != nil }

  /// Unknown folders are searched for `AWSLogs` so deep below the place that was named.
  static let searchDepth = 3

  init(path: String) {
    self.path = path
    parts = path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    guard let logs = parts.lastIndex(of: "AWSLogs") else {
      delivery = nil
      return
    }
    var rest = parts[(logs + 1)...]
    if rest.first?.hasPrefix("o-") == true { rest = rest.dropFirst() }
    delivery = rest
  }

  /// Decides on the folder; `depth` is how far it lies below the place that was named.
  ///
  /// Why a year is listed as a stretch of keys: keys come in order, so one listing that begins at
  /// the first wanted day and stops after the last costs one request per thousand keys, however
  /// many days it spans; a listing per day would cost one per day and Region.
  func step(in window: DayWindow, depth: Int) -> FolderStep {
    guard !window.isEverything else { return .listAll }
    guard let delivery else { return depth < Self.searchDepth ? .enter : .listAll }
    guard delivery.count >= 4 else { return isDatedByDelivery(delivery) ? .enter : .listAll }
    guard isDatedByDelivery(delivery), let days = days(of: delivery) else { return .listAll }
    guard window.overlaps(days) else { return .skip }
    return delivery.count == 4 ? stretch(of: days, in: window) : .listAll
  }

  /// Whether a key may hold wanted events, judged by the day in its path; without one it may.
  static func mayHold(key: String, in window: DayWindow) -> Bool {
    guard !window.isEverything, let slash = key.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      return true
    }
    let folder = TrailFolder(path: String(key[..<slash]))
    guard let delivery = folder.delivery, folder.isDatedByDelivery(delivery),
      let days = folder.days(of: delivery)
    else { return true }
    return window.overlaps(days)
  }

  /// The results of Lake queries lie by the day of the query, whatever days they are about; AWS
  /// Config writes its months and days without zeros, so its keys are not in order of time.
  private func isDatedByDelivery(_ delivery: ArraySlice<String>) -> Bool {
    guard let service = delivery.dropFirst().first else { return true }
    return service != "CloudTrail-Lake" && service != "Config"
  }

  /// The days that `YYYY[/MM[/DD]]` behind account, service and Region stands for.
  private func days(of delivery: ArraySlice<String>) -> ClosedRange<Int>? {
    let date = delivery.dropFirst(3).prefix(3)
    let numbers = date.compactMap { Int($0) }
    guard let year = numbers.first, numbers.count == date.count, date.first?.utf8.count == 4,
      date.dropFirst().allSatisfy({ $0.utf8.count == 2 })
    else { return nil }
    let first = CivilDate(
      year: year, month: numbers.dropFirst().first ?? 1, day: numbers.dropFirst(2).first ?? 1)
    guard first.isValid else { return nil }
    let start = first.daysSinceEpoch
    switch numbers.count {
    case 1: return start...(CivilDate(year: year + 1, month: 1, day: 1).daysSinceEpoch - 1)
    case 2: return start...(Self.dayAfterMonth(of: first) - 1)
    default: return start...start
    }
  }

  private static func dayAfterMonth(of date: CivilDate) -> Int {
    let isDecember = date.month == 12
    return CivilDate(
      year: isDecember ? date.year + 1 : date.year, month: isDecember ? 1 : date.month + 1, day: 1
    ).daysSinceEpoch
  }

  /// The keys of a year from the first wanted day to the last.
  private func stretch(of days: ClosedRange<Int>, in window: DayWindow) -> FolderStep {
    let after = window.firstDay.flatMap { $0 > days.lowerBound ? key(ofDay: $0) : nil }
    let before = window.lastDay.flatMap { $0 < days.upperBound ? key(ofDay: $0 + 1) : nil }
    guard after != nil || before != nil else { return .listAll }
    return .listBetween(after: after, before: before)
  }

  /// The first key that a day of this year can have: `…/2026/03/07`.
  private func key(ofDay day: Int) -> String {
    let date = CivilDate(daysSinceEpoch: day)
    func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    return path + twoDigits(date.month) + "/" + twoDigits(date.day)
  }
}
