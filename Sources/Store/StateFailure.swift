// SPDX-License-Identifier: Apache-2.0
internal import CSQLite
internal import Glibc

/// Why a state file could not be opened, read or written; its description is one line for a person.
public struct StateFailure: Error, Equatable, CustomStringConvertible {
  /// What is in the way.
  public enum Reason: Equatable, Sendable {
    /// There is no such file, or the system refuses it, in its own words.
    case cannotOpen(String)
    /// A file of something else; it was left as it was.
    case notAStateFile
    /// A later program wrote it in a form that this one does not know.
    case newer(version: Int, known: Int)
    /// An earlier program wrote it, and a reader does not bring it up to date.
    case older(version: Int, known: Int)
    /// Its content is not sound; the words are those of who found it.
    case damaged(String)
    /// The file, its folder or its medium cannot be written.
    case readOnly
    /// No room on the disk, or a limit on the size of files, in the words of the system; the last
    /// commit stands.
    case noRoom(String)
    /// Another process writes it.
    case inUse
    /// Another process wrote it between two commits of this one.
    case changed
    /// Anything else, in the words of the system.
    case failed(String)
  }

  /// The state file.
  public let path: String
  /// What is in the way.
  public let reason: Reason

  /// Creates a failure, such as for content that a caller cannot decode.
  public init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// What the system says where a disk is full, a quota is used up, or a file may not grow.
  static let noRoomCodes = [ENOSPC, EDQUOT, EFBIG]

  /// One line for a person, with the file.
  public var description: String { "\(path): \(reason.sentence)" }
}

extension StateFailure.Reason {
  fileprivate var sentence: String {
    switch self {
    case .cannotOpen(let words): "the state file cannot be opened: \(words)"
    case .notAStateFile: "this is not a state file of trail-insights"
    case .newer(let version, let known):
      "was written by a newer trail-insights (state version \(version); this one knows \(known))"
    case .older(let version, let known):
      "was written by an older trail-insights (state version \(version); this one reads \(known)): "
        + "detect or stream brings it up to date"
    case .damaged(let words): "the state file is damaged: \(words)"
    case .readOnly: "the state file or its folder cannot be written"
    case .noRoom(let words):
      "there is no room to write the state file (\(words)); it stands as it was saved last"
    case .inUse: "the state file is in use by another process"
    case .changed: "the state file was changed by another process"
    case .failed(let words): "the state file cannot be used: \(words)"
    }
  }

  /// What a result code of SQLite means here.
  ///
  /// - Parameters:
  ///   - code: The code, extended or not.
  ///   - message: SQLite's words.
  ///   - systemCode: The system's code, 0 where it was not asked.
  ///   - systemMessage: The system's words, or SQLite's where there are none.
  init(code: Int32, message: String, systemCode: Int32, systemMessage: String) {
    self =
      switch code & 0xFF {
      case SQLITE_BUSY, SQLITE_LOCKED: .inUse
      case SQLITE_NOTADB: .notAStateFile
      case SQLITE_CORRUPT: .damaged(message)
      case SQLITE_READONLY, SQLITE_PERM: .readOnly
      case SQLITE_FULL: .noRoom(systemMessage)
      case SQLITE_CANTOPEN where [EACCES, EPERM, EROFS].contains(systemCode): .readOnly
      case SQLITE_CANTOPEN: .cannotOpen(systemMessage)
      case SQLITE_IOERR where StateFailure.noRoomCodes.contains(systemCode):
        .noRoom(systemMessage)
      default: .failed(systemMessage)
      }
  }
}
