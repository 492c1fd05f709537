// SPDX-License-Identifier: Apache-2.0
public import Events
import Vocabulary

/// Counts the events of one decoder into a table of its own: a worker's half of the counting.
public struct EventCounter: Sendable {
  /// The texts that make up a series, as symbols of the decoder.
  private struct SeriesSymbols: Hashable {
    var account: Symbol
    var region: Symbol
    var category: EventCategory
    var source: Symbol
    var name: Symbol
    var errorCode: Symbol
    var insightType: InsightType
  }

  /// The counts so far.
  public internal(set) var table: CountTable
  /// The number of the file that the events counted next stand in, -1 where there is none.
  public var file: Int32 = -1
  private var seriesNumbers: [SeriesSymbols: Int] = [:]
  /// The table's number for each symbol of the decoder, -1 where there is none yet.
  private var textNumbers: [Int64] = []

  /// Creates a counter without counts.
  public init(table: CountTable = CountTable()) {
    self.table = table
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
    for index in batch.events.indices where isAdmitted[index] {
      count(batch.events[index], symbols: symbols, sign: sign)
    }
    table.addLongEventIDs(batch.longEventIDs)
  }

  /// A write management event or any data event is a call of its call-rate series; any event with
  /// an error code is one of its error-rate series.
  private mutating func count(
    _ event: Event, symbols: SymbolTable, sign: Int32
  ) {
    if event.eventCategory == .data || !event.isReadOnly {
      count(event, as: .apiCallRate, symbols: symbols, sign: sign)
    }
    if event.errorCode != .empty {
      count(event, as: .apiErrorRate, symbols: symbols, sign: sign)
    }
  }

  private mutating func count(
    _ event: Event, as type: InsightType, symbols: SymbolTable, sign: Int32
  ) {
    let series = seriesNumber(event, type, symbols)
    let minute = Minute(containingSecond: event.eventTime)
    let cell = table.add(sign, series: series, minute: minute)
    table.attribute(sign, cell: cell, caller: callerNumber(event, type, symbols))
    if sign > 0, let id = event.eventID { table.addEvidence(id, file: file, cell: cell) }
  }

  private mutating func seriesNumber(
    _ event: Event, _ type: InsightType, _ symbols: SymbolTable
  ) -> Int {
    let key = SeriesSymbols(
      account: event.recipientAccountID, region: event.awsRegion, category: event.eventCategory,
      source: event.eventSource, name: event.eventName,
      errorCode: type == .apiErrorRate ? event.errorCode : .empty, insightType: type)
    if let number = seriesNumbers[key] { return number }
    let number = table.seriesNumber(
      SeriesKey(
        recipientAccountID: symbols[key.account], awsRegion: symbols[key.region],
        eventCategory: key.category.rawValue, eventSource: symbols[key.source],
        eventName: symbols[key.name], insightType: type, errorCode: symbols[key.errorCode]))
    seriesNumbers[key] = number
    return number
  }

  private mutating func callerNumber(
    _ event: Event, _ type: InsightType, _ symbols: SymbolTable
  ) -> Int {
    var caller = Caller()
    caller.userIdentityArn = textNumber(event.userIdentityArn, symbols)
    caller.userAgent = textNumber(event.userAgent, symbols)
    caller.sourceIPAddress = textNumber(event.sourceIPAddress, symbols)
    caller.accessKeyID = textNumber(event.accessKeyID, symbols)
    // CloudTrail's own records carry the error code as an attribute of call rates only, and write
    // the text `null` for success.
    if type == .apiCallRate {
      caller.errorCode =
        event.errorCode == .empty ? table.textNumber("null") : textNumber(event.errorCode, symbols)
    }
    return table.callerNumber(caller)
  }

  /// An empty text says nothing of the caller.
  private mutating func textNumber(_ symbol: Symbol, _ symbols: SymbolTable) -> UInt32 {
    guard symbol != .empty else { return Caller.unknown }
    let index = Int(symbol.index)
    while textNumbers.count <= index { textNumbers.append(-1) }
    if textNumbers[index] < 0 { textNumbers[index] = Int64(table.textNumber(symbols[symbol])) }
    return UInt32(truncatingIfNeeded: textNumbers[index])
  }
}
