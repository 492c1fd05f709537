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

/// Reads a list of objects over several connections at once and hands them out in order.
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
  private let state: Mutex<State>

  /// A thread of work and its connection, which only that thread touches.
  private final class Lane: Sendable {
    let queue = DispatchQueue(label: "s3")
    let connection: Mutex<S3Connection>

    init(_ session: S3Session) { connection = Mutex(S3Connection(session: session)) }
  }

  init(_ objects: [S3Object], session: S3Session, connections: Int) {
    precondition(connections > 0, "reading needs a connection")
    self.objects = objects
    state = Mutex(State(count: objects.count, limit: 2 * connections))
    lanes = (0..<min(connections, objects.count)).map { _ in Lane(session) }
    for lane in lanes.indices { start(lane) }
  }

  /// Returns the next object once it has arrived; `nil` once all were handed out.
  public func next() async -> S3Arrival? {
    await withCheckedContinuation { taker in settle { $0.takers.append(taker) } }
  }

  // MARK: Lanes

  private func start(_ lane: Int) {
    lanes[lane].queue.async { [self] in
      while let index = state.withLock({ $0.claim(for: lane) }) {
        let arrival = read(index, over: lane)
        settle { $0.arrived[index] = arrival }
      }
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

  /// Changes the state, then serves whoever can be served and wakes the lanes that have room again.
  private func settle(_ change: @Sendable (inout State) -> Void) {
    let (served, woken) = state.withLock { state in
      change(&state)
      return (state.serve(), state.wake())
    }
    for (taker, arrival) in served { taker.resume(returning: arrival) }
    for lane in woken { start(lane) }
  }
}

extension S3ReadAhead {
  /// Someone who waits for an arrival.
  private typealias Taker = CheckedContinuation<S3Arrival?, Never>

  /// How far the reading and the handing out have come.
  private struct State {
    let count: Int
    /// How many objects may be under way, or arrived and not taken.
    let limit: Int
    /// The first object that nobody has begun to read.
    var nextIndex = 0
    /// The first object not handed out.
    var nextTaken = 0
    var arrived: [Int: S3Arrival] = [:]
    var takers: [Taker] = []
    /// Lanes that stopped because enough was held, or because nothing is left.
    var idleLanes: [Int] = []

    init(count: Int, limit: Int) {
      self.count = count
      self.limit = limit
    }

    /// How many objects may be begun now.
    private var room: Int { min(limit - (nextIndex - nextTaken), count - nextIndex) }

    /// Takes the next object to read, or lays the lane aside.
    mutating func claim(for lane: Int) -> Int? {
      guard room > 0 else {
        idleLanes.append(lane)
        return nil
      }
      nextIndex += 1
      return nextIndex - 1
    }

    /// Pairs those who wait with what is there; behind the last object, with nothing.
    mutating func serve() -> [(Taker, S3Arrival?)] {
      var served: [(Taker, S3Arrival?)] = []
      while !takers.isEmpty {
        let arrival = arrived.removeValue(forKey: nextTaken)
        guard arrival != nil || nextTaken == count else { break }
        if arrival != nil { nextTaken += 1 }
        served.append((takers.removeFirst(), arrival))
      }
      return served
    }

    /// Takes as many idle lanes as there is room for.
    mutating func wake() -> [Int] {
      let woken = idleLanes.suffix(max(0, room))
      idleLanes.removeLast(woken.count)
      return Array(woken)
    }
  }
}
