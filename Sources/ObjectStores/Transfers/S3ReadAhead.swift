// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

/// An object that was read, or that could not be.
public struct S3Arrival: Sendable {
  /// The object's place in the list that was asked for.
  public let index: Int
  /// Its bytes as they are stored.
  public let content: Result<[UInt8], S3Failure>
}

/// Reads a list of objects over several connections at once and hands them out as they arrive.
///
///     let objects = try await bucket.objects(in: window, connections: 16)
///     let reading = bucket.readAhead(objects, connections: 16)
///     while let arrival = await reading.next() { … }   // in as many tasks as there are cores
///
/// Why threads of its own: a transfer spends its time waiting. As many transfers as cores, which is
/// what Swift's tasks would give, leave the line idle; and waiting in a task keeps a core from
/// decoding. No more objects than twice the connections are held or under way at any time.
public final class S3ReadAhead: Sendable {
  private let objects: [S3Object]
  private let lanes: [Lane]
  private let state = Mutex(State())
  private let limit: Int

  /// A thread of work and its connection, which only that thread touches.
  private final class Lane: Sendable {
    let queue = DispatchQueue(label: "s3")
    let connection: Mutex<S3Connection>

    init(_ session: S3Session) { connection = Mutex(S3Connection(session: session)) }
  }

  /// Someone who waits for an arrival.
  private typealias Taker = CheckedContinuation<S3Arrival?, Never>

  private struct State {
    /// The first object that nobody has begun to read.
    var nextIndex = 0
    /// Objects under way, or arrived and not taken.
    var held = 0
    /// Objects not yet handed out.
    var arrived: [S3Arrival] = []
    var takers: [Taker] = []
    /// Lanes that stopped because enough was held, or because nothing is left.
    var idleLanes: [Int] = []
  }

  init(_ objects: [S3Object], session: S3Session, connections: Int) {
    precondition(connections > 0, "reading needs a connection")
    self.objects = objects
    limit = 2 * connections
    lanes = (0..<min(connections, objects.count)).map { _ in Lane(session) }
    for lane in lanes.indices { start(lane) }
  }

  /// Returns an object that arrived, in any order; `nil` once all were handed out.
  public func next() async -> S3Arrival? {
    await withCheckedContinuation { taker in
      let (given, lane) = state.withLock { state -> (S3Arrival??, Int?) in
        if !state.arrived.isEmpty {
          state.held -= 1
          return (.some(state.arrived.removeFirst()), state.idleLanes.popLast())
        }
        if state.held == 0 && state.nextIndex == objects.count { return (.some(nil), nil) }
        state.takers.append(taker)
        return (nil, nil)
      }
      if let given { taker.resume(returning: given) }
      if let lane { start(lane) }
    }
  }

  // MARK: Lanes

  private func start(_ lane: Int) {
    lanes[lane].queue.async { [self] in
      while let index = claim(for: lane) { deliver(read(index, over: lane)) }
    }
  }

  /// Takes the next object to read, or lays the lane aside.
  private func claim(for lane: Int) -> Int? {
    state.withLock { state in
      guard state.nextIndex < objects.count, state.held < limit else {
        state.idleLanes.append(lane)
        return nil
      }
      state.held += 1
      state.nextIndex += 1
      return state.nextIndex - 1
    }
  }

  private func read(_ index: Int, over lane: Int) -> S3Arrival {
    lanes[lane].connection.withLock { connection in
      var body: [UInt8] = []
      do throws(S3Failure) {
        try connection.read(key: objects[index].key, into: &body)
        return S3Arrival(index: index, content: .success(body))
      } catch {
        return S3Arrival(index: index, content: .failure(error))
      }
    }
  }

  /// Gives an arrival to whoever waits; with the last one, all others learn that it was the last.
  private func deliver(_ arrival: S3Arrival) {
    let (taker, released) = state.withLock { state -> (Taker?, [Taker]) in
      guard let taker = state.takers.popLast() else {
        state.arrived.append(arrival)
        return (nil, [])
      }
      state.held -= 1
      guard state.held == 0, state.nextIndex == objects.count else { return (taker, []) }
      defer { state.takers = [] }
      return (taker, state.takers)
    }
    taker?.resume(returning: arrival)
    for other in released { other.resume(returning: nil) }
  }
}
