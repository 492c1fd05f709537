// SPDX-License-Identifier: Apache-2.0
import Events
import TestSupport
import Testing
import Vocabulary

@testable import Counts

@Suite("Admission of events")
struct AdmissionTests {
  private func admit(_ admission: inout Admission, _ events: [Event], file: Int) -> [Bool] {
    var batch = EventBatch()
    batch.events = events
    return admission.admit(
      batch, accountHashes: Array(repeating: 1, count: events.count), file: file)
  }

  @Test("an event counts once, by account and identifier")
  func duplicates() {
    var maker = EventMaker(seed: 1)
    let events = (0..<500).map { _ in maker.event() }
    var admission = Admission()
    #expect(admit(&admission, events, file: 0).allSatisfy { $0 })
    #expect(admit(&admission, events, file: 1).allSatisfy { !$0 })
    var batch = EventBatch()
    batch.events = [events[0]]
    #expect(admission.admit(batch, accountHashes: [2], file: 2) == [true])
    #expect(admission.duplicateCount == 500)
    #expect(admission.admittedCount == 501)
  }

  @Test("events without an identifier cannot be told apart and all count")
  func withoutIdentifier() {
    var maker = EventMaker(seed: 2)
    var event = maker.event()
    event.eventID = nil
    var admission = Admission()
    #expect(admit(&admission, [event, event], file: 0) == [true, true])
  }

  @Test("a correction that comes first makes its original a duplicate")
  func correctionFirst() {
    var maker = EventMaker(seed: 3)
    let original = maker.event()
    var correction = maker.event()
    correction.replaces = original.eventID
    var admission = Admission()
    let events = [correction, original, correction]
    #expect(admit(&admission, events, file: 0) == [true, false, false])
    #expect(admission.corrections.isEmpty)
  }

  @Test("a correction that comes later names the file of its original, once")
  func correctionLater() {
    var maker = EventMaker(seed: 4)
    let original = maker.event()
    var correction = maker.event()
    correction.replaces = original.eventID
    var second = maker.event()
    second.replaces = original.eventID
    var admission = Admission()
    #expect(admit(&admission, [original], file: 3) == [true])
    #expect(admit(&admission, [correction, second], file: 8) == [true, false])
    #expect(admission.corrections.map(\.file) == [3])
    #expect(admission.admittedCount == 1)
  }

  @Test("the filter agrees with a set, growing over many tables")
  func filterAgainstSet() {
    var generator = SeededGenerator(seed: 11)
    var filter = DuplicateFilter()
    var seen: Set<EventID> = []
    for _ in 0..<30_000 {
      let id = EventID(high: generator.next() % 300, low: generator.next() % 60)
      let isNew = seen.insert(id).inserted
      #expect((filter.insert(.init(account: 5, event: id), file: 2) == nil) == isNew)
    }
  }

  @Test("identifiers that count up are told apart")
  func consecutiveIdentifiers() {
    var filter = DuplicateFilter()
    for number in 0..<200_000 {
      let id = EventID(high: 0x4000, low: UInt64(number))
      #expect(filter.insert(.init(account: 1, event: id), file: 0) == nil)
    }
  }
}
