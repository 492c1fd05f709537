// SPDX-License-Identifier: Apache-2.0
public import Events
import Vocabulary

/// Counts the events of one decoder into a table of its own: a worker's half of the counting.
public struct EventCounter: Sendable {
  /// The counts so far.
  public internal(set) var table: CountTable
  /// The number of the file that the events counted next stand in, -1 where there is none.
  public var file: Int32 = -1
  /// The symbols that make up each series met so far, and its number in the table.
  private var seriesKeys = TripleTable()
  private var seriesNumbers: [Int32] = []
  /// The key that was looked up last in each of some slots, which the event's name and code choose.
  ///
  /// Neighbours in a file mostly share the rest.
  private var recentKeys = [(key: Triple, known: Int)](
    repeating: (Triple(first: .max, second: .max, third: .max), 0), count: Self.recentCount)
  /// By series, the cell that it was counted in last.
  private var recentCells: [(minute: Minute, cell: Int)] = []
  /// The symbols that make up each caller met so far, and its number in the table.
  private var callerKeys = TripleTable()
  private var callerNumbers: [Int32] = []
  private let countsCallers: Bool

  private static let recentCount = 256

  /// Creates a counter without counts.
  ///
  /// - Parameters:
  ///   - table: the counts to add to.
  ///   - countsCallers: whether to count who called, too, and to note which events show it.
  public init(table: CountTable = CountTable(), countsCallers: Bool = true) {
    self.table = table
    self.countsCallers = countsCallers
  }

  /// Counts the events of a batch that are admitted, in each series they belong to.
  ///
  /// - Parameters:
  ///   - batch: events of one or more files.
  ///   - symbols: the texts of the batch's symbols; always the same table for one counter.
  ///   - isAdmitted: as many as events; `false` for duplicates.
  ///   - sign: 1 to count, -1 to take back what was counted.
  public mutating func count(
    _ batch: EventBatch, symbols: SymbolTable, isAdmitted: [Bool],
    sign: Int32 = 1
  ) {
    for index in batch.events.indices where isAdmitted[index] && batch.events[index].isCall {
      touchCell(of: batch.events[index], symbols)
    }
    for index in batch.events.indices where isAdmitted[index] {
      count(batch.events[index], symbols: symbols, sign: sign)
    }
    table.addLongEventIDs(batch.longEventIDs)
  }

  /// Looks at the place of a call's cell, which is anywhere in memory: so many looks at once wait for
  /// it hardly longer than one.
  private mutating func touchCell(of event: Event, _ symbols: SymbolTable) {
    let series = seriesNumbers[knownSeries(event, .apiCallRate, symbols)]
    table.touch(series: Int(series), minute: Minute(containingSecond: event.eventTime))
  }

  /// A write management event or any data event is a call of its call-rate series; any event with
  /// an error code is one of its error-rate series.
  private mutating func count(
    _ event: Event, symbols: SymbolTable, sign: Int32
  ) {
    if event.isCall {
      count(event, as: .apiCallRate, symbols: symbols, sign: sign)
    }
    if event.errorCode != .empty {
      count(event, as: .apiErrorRate, symbols: symbols, sign: sign)
    }
  }

  private mutating func count(
    _ event: Event, as type: InsightType, symbols: SymbolTable, sign: Int32
  ) {
    let cell = add(sign, to: knownSeries(event, type, symbols), at: event.eventTime)
    guard countsCallers else { return }
    table.attribute(sign, cell: cell, caller: callerNumber(event, type, symbols))
    // A correction shows what its original showed, whichever of the two was counted.
    guard sign > 0, let id = event.replaces ?? event.eventID else { return }
    table.addEvidence(id, file: file, cell: cell)
  }

  /// Adds to the cell of a series and a second, by the series' place in `seriesNumbers`.
  private mutating func add(_ count: Int32, to known: Int, at second: Int) -> Int {
    let minute = Minute(containingSecond: second)
    let recent = recentCells[known]
    if recent.minute == minute {
      table.add(count, cell: recent.cell)
      return recent.cell
    }
    let cell = table.add(count, series: Int(seriesNumbers[known]), minute: minute)
    recentCells[known] = (minute, cell)
    return cell
  }

  /// The place in `seriesNumbers` of the series that an event belongs to.
  private mutating func knownSeries(
    _ event: Event, _ type: InsightType, _ symbols: SymbolTable
  ) -> Int {
    let code = type == .apiErrorRate ? event.errorCode : .empty
    let kind: UInt64 = (event.eventCategory == .data ? 2 : 0) | (type == .apiErrorRate ? 1 : 0)
    let key = Triple(
      first: pair(event.recipientAccountID, event.awsRegion),
      second: pair(event.eventSource, event.eventName), third: UInt64(code.index) << 2 | kind)
    let slot = Int(event.eventName.index &+ code.index &* 31) & (Self.recentCount - 1)
    if recentKeys[slot].key == key { return recentKeys[slot].known }
    let known = seriesKeys.number(of: key)
    recentKeys[slot] = (key, known)
    guard known == seriesNumbers.count else { return known }
    let number = table.seriesNumber(
      SeriesKey(
        recipientAccountID: symbols[event.recipientAccountID],
        awsRegion: symbols[event.awsRegion], eventCategory: event.eventCategory.rawValue,
        eventSource: symbols[event.eventSource], eventName: symbols[event.eventName],
        insightType: type, errorCode: symbols[code]))
    seriesNumbers.append(Int32(number))
    recentCells.append((Minute(sinceEpoch: .min), 0))
    return known
  }

  /// CloudTrail's own records carry the error code as an attribute of call rates only, and write the
  /// text `null` for success.
  private mutating func callerNumber(
    _ event: Event, _ type: InsightType, _ symbols: SymbolTable
  ) -> Int {
    let isCall = type == .apiCallRate
    let key = Triple(
      first: pair(event.userIdentityArn, event.userAgent),
      second: pair(event.sourceIPAddress, event.accessKeyID),
      third: isCall ? UInt64(event.errorCode.index) << 1 | 1 : 0)
    let known = callerKeys.number(of: key)
    if known == callerNumbers.count {
      var caller = Caller()
      caller.userIdentityArn = textNumber(event.userIdentityArn, symbols)
      caller.userAgent = textNumber(event.userAgent, symbols)
      caller.sourceIPAddress = textNumber(event.sourceIPAddress, symbols)
      caller.accessKeyID = textNumber(event.accessKeyID, symbols)
      let isSuccess = event.errorCode == .empty
      if isCall {
        caller.errorCode = table.textNumber(isSuccess ? "null" : symbols[event.errorCode])
      }
      callerNumbers.append(Int32(table.callerNumber(caller)))
    }
    return Int(callerNumbers[known])
  }

  /// An empty text says nothing of the caller.
  private mutating func textNumber(_ symbol: Symbol, _ symbols: SymbolTable) -> UInt32 {
    symbol == .empty ? Caller.unknown : table.textNumber(symbols[symbol])
  }

  private func pair(_ left: Symbol, _ right: Symbol) -> UInt64 {
    UInt64(left.index) << 32 | UInt64(right.index)
  }
}
