// SPDX-License-Identifier: Apache-2.0
public import Bytes

/// Reads standard input as it comes, in pieces cut between JSON values or lines, without ever
/// waiting longer than it is told to.
///
/// Nothing is read ahead of what is handed on, but for a value that is not whole yet: a reader that
/// is busy lets the pipe fill, and the writer wait.
public struct PieceStream: ~Copyable {
  /// What a wait brought.
  public enum Arrival: Sendable {
    /// Bytes, or a part of a value.
    case bytes
    /// Nothing in the time given.
    case nothing
    /// The end of the input.
    case end
  }

  /// Why the system refused, in its own words.
  public struct Failure: Error, Sendable {
    /// One clause for a person.
    public let reason: String
  }

  /// Bytes of one value beyond which it is handed on in parts, so that memory is bounded.
  private static let longestValue = 256 << 20
  private static let room = 256 << 10
  /// As much as the system lets anybody have.
  private static let pipeRoom: Int32 = 1 << 20

  private let handle: FileSystem.Handle
  private var raw = PaddedBuffer()
  private var cutter = PieceCutter()

  /// Takes standard input.
  ///
  /// - Throws: where there is none.
  public init() throws(Failure) {
    do throws(FileSystem.Refusal) {
      handle = try FileSystem.Handle("-")
      handle.widenPipe(to: Self.pipeRoom)
    } catch {
      throw Failure(reason: error.reason)
    }
  }

  /// Waits for bytes, for so many milliseconds at most, and hands all whole values on with their
  /// offset.
  public mutating func next(
    waiting milliseconds: Int, _ body: (borrowing PaddedBuffer, _ offset: Int) -> Void
  ) throws(Failure) -> Arrival {
    do throws(FileSystem.Refusal) {
      guard try handle.isReady(within: milliseconds) else { return .nothing }
      let added = try handle.read(into: &raw, room: Self.room)
      guard added > 0 else {
        cutter.handOn(&raw, all: true, body)
        return .end
      }
    } catch {
      throw Failure(reason: error.reason)
    }
    cutter.handOn(&raw, all: raw.count > Self.longestValue, body)
    return .bytes
  }
}
