// SPDX-License-Identifier: Apache-2.0
internal import CSimdjson
internal import Vocabulary

/// Makes an event of a record: symbols for its texts, guesses for what it lacks.
struct EventReader {
  /// Why a record is no event.
  enum Flaw: Error {
    case missing(String)
    case noTime
    case timeOutOfRange
  }

  var symbols = SymbolTable()
  let callers: CallerReading
  private var time = EventTime()
  /// Where texts are put together or unescaped before they are looked up.
  var scratch: [UInt8] = []
  /// Some fields of the last event: neighbours in a file mostly share them.
  private var last = (account: Symbol.empty, region: Symbol.empty, source: Symbol.empty)

  init(callers: CallerReading = .always) {
    self.callers = callers
  }

  /// Returns the event, or what is wrong with the record.
  mutating func event(
    of record: Record, origin: EventOrigin, into batch: inout EventBatch
  ) -> Result<Event, Flaw> {
    guard !record.text(TRAIL_EVENT_NAME).isEmpty else {
      return .failure(.missing("eventName"))
    }
    guard !record.text(TRAIL_EVENT_SOURCE).isEmpty else {
      return .failure(.missing("eventSource"))
    }
    guard let seconds = time.seconds(record.text(TRAIL_EVENT_TIME)) else {
      return .failure(.noTime)
    }
    guard EventTime.credible ~= seconds else { return .failure(.timeOutOfRange) }
    return .success(event(of: record, at: seconds, origin, &batch))
  }

  private mutating func event(
    of record: Record, at seconds: Int, _ origin: EventOrigin, _ batch: inout EventBatch
  ) -> Event {
    let eventID = eventID(record, TRAIL_EVENT_ID, &batch)
    let isAddendum = record.text(TRAIL_ADDENDUM_REASON).equals("UPDATED_DATA")
    if eventID == nil, let version = EventVersion(record.text(TRAIL_EVENT_VERSION)),
      version >= .withEventID
    {
      batch.guessed["event_id", default: 0] += 1
    }
    last.account = account(record, origin, &batch)
    last.region = symbol(record, TRAIL_AWS_REGION, likely: last.region)
    last.source = symbol(record, TRAIL_EVENT_SOURCE, likely: last.source)
    var event = Event(
      eventTime: seconds, eventID: eventID, isReadOnly: isReadOnly(record, &batch),
      eventCategory: category(record, &batch), recipientAccountID: last.account,
      awsRegion: last.region, eventSource: last.source,
      eventName: symbol(record, TRAIL_EVENT_NAME), errorCode: errorCode(record),
      userIdentityArn: .empty, userAgent: .empty, sourceIPAddress: .empty, accessKeyID: .empty,
      replaces: isAddendum ? self.eventID(record, TRAIL_ORIGINAL_EVENT_ID, &batch) : nil)
    if callers == .always || callers == .ofCounted && event.isCounted {
      event.userIdentityArn = caller(record)
      event.userAgent = symbol(record, TRAIL_USER_AGENT)
      event.sourceIPAddress = symbol(record, TRAIL_SOURCE_IP_ADDRESS)
      event.accessKeyID = symbol(record, TRAIL_ACCESS_KEY_ID)
    }
    return event
  }

  /// Returns the symbol of a field's text, `.empty` where it is no string.
  mutating func symbol(
    _ record: Record, _ field: trail_field_id, likely: Symbol = .empty
  ) -> Symbol {
    if !record.isEscaped(field), !record.row.invalid_utf8 {
      return symbols.symbol(for: record.text(field), likely: likely)
    }
    scratch.removeAll(keepingCapacity: true)
    append(record, field)
    return symbolOfScratch()
  }

  /// Adds a field's text, unescaped, to the scratch bytes.
  mutating func append(_ record: Record, _ field: trail_field_id) {
    let text = record.text(field)
    if record.isEscaped(field) {
      StringEscapes.append(text, to: &scratch)
    } else {
      unsafe text.withUnsafeBufferPointer { unsafe scratch.append(contentsOf: $0) }
    }
    if record.row.invalid_utf8 { scratch = Array(scratch.span.string.utf8) }
  }

  mutating func symbolOfScratch() -> Symbol {
    let text = scratch
    return symbols.symbol(for: text.span)
  }

  private mutating func eventID(
    _ record: Record, _ field: trail_field_id, _ batch: inout EventBatch
  ) -> EventID? {
    guard !record.isEscaped(field) else {
      scratch.removeAll(keepingCapacity: true)
      append(record, field)
      return noted(EventID(utf8: scratch.span), text: scratch.span, &batch)
    }
    let text = record.text(field)
    if let words = GUIDText.words(text), let id = EventID(guid: words.high, words.low) { return id }
    return noted(EventID(utf8: text), text: text, &batch)
  }

  /// Keeps the text of an identifier that does not hold it itself.
  private func noted(
    _ id: EventID?, text: Span<UInt8>, _ batch: inout EventBatch
  ) -> EventID? {
    if let id, id.isHashed { batch.longEventIDs[id] = text.string }
    return id
  }

  /// A failed sign-in carries no code, only a message: it gets the code `Failure`, which is what
  /// `responseElements` says of it.
  private mutating func errorCode(_ record: Record) -> Symbol {
    if record.has(TRAIL_ERROR_CODE) { return symbol(record, TRAIL_ERROR_CODE) }
    guard record.text(TRAIL_EVENT_SOURCE).begins(with: "signin."),
      record.has(TRAIL_ERROR_MESSAGE) || record.text(TRAIL_CONSOLE_LOGIN).equals("Failure")
    else { return .empty }
    return symbols.symbol(for: "Failure")
  }

  private func isReadOnly(_ record: Record, _ batch: inout EventBatch) -> Bool {
    if let isReadOnly = record.flag(TRAIL_READ_ONLY) { return isReadOnly }
    batch.guessed["read_only", default: 0] += 1
    return EventGuesses.isReadOnly(record.text(TRAIL_EVENT_NAME))
  }

  private func category(_ record: Record, _ batch: inout EventBatch) -> EventCategory {
    let said = record.text(TRAIL_EVENT_CATEGORY)
    if said.equals("Management") { return .management }
    if said.equals("Data") { return .data }
    if let isManagement = record.flag(TRAIL_MANAGEMENT_EVENT) {
      return isManagement ? .management : .data
    }
    batch.guessed["event_category", default: 0] += 1
    return EventGuesses.category(
      eventSource: record.text(TRAIL_EVENT_SOURCE), eventName: record.text(TRAIL_EVENT_NAME))
  }

  private mutating func account(
    _ record: Record, _ origin: EventOrigin, _ batch: inout EventBatch
  ) -> Symbol {
    if record.has(TRAIL_RECIPIENT_ACCOUNT_ID) {
      return symbol(record, TRAIL_RECIPIENT_ACCOUNT_ID, likely: last.account)
    }
    batch.guessed["recipient_account_id", default: 0] += 1
    if !origin.accountID.isEmpty { return symbols.symbol(for: origin.accountID) }
    return symbol(record, TRAIL_ACCOUNT_ID)
  }
}
