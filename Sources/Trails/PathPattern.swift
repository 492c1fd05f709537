// SPDX-License-Identifier: Apache-2.0

/// Shell patterns for one component of a path: `*`, `?` and `[a-z]`, `[!a-z]`.
enum PathPattern {
  static func isPattern(_ path: String) -> Bool {
    path.utf8.contains { "*?[".utf8.contains($0) }
  }

  /// Whether a name matches a pattern.
  ///
  /// - Complexity: O(name × pattern): on a mismatch only the last `*` is tried again.
  static func matches(_ pattern: String, _ name: String) -> Bool {
    let (pattern, name) = (Array(pattern.unicodeScalars), Array(name.unicodeScalars))
    var (p, n) = (0, 0)
    var retry: (p: Int, n: Int)?
    while n < name.count {
      if p < pattern.count, pattern[p] == "*" {
        retry = (p + 1, n)
        p += 1
      } else if let length = matchOne(pattern[p...], name[n]) {
        p += length
        n += 1
      } else if let (star, place) = retry {
        retry = (star, place + 1)
        (p, n) = (star, place + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }

  /// Returns the length of the pattern's first element where it matches a character.
  private static func matchOne(
    _ pattern: ArraySlice<Unicode.Scalar>, _ character: Unicode.Scalar
  ) -> Int? {
    guard let first = pattern.first else { return nil }
    if first == "?" { return 1 }
    if first == "[", let (set, length) = bracket(pattern) {
      return set(character) ? length : nil
    }
    return first == character ? 1 : nil
  }

  /// Reads `[abc]`, `[a-z]`, `[!a]`; `nil` where the bracket is never closed.
  private static func bracket(
    _ pattern: ArraySlice<Unicode.Scalar>
  ) -> (contains: (Unicode.Scalar) -> Bool, length: Int)? {
    var index = pattern.startIndex + 1
    let isNegated = index < pattern.endIndex && "!^".unicodeScalars.contains(pattern[index])
    if isNegated { index += 1 }
    let start = index
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    while index < pattern.endIndex, pattern[index] != "]" || index == start {
      let isRange =
        index + 2 < pattern.endIndex && pattern[index + 1] == "-" && pattern[index + 2] != "]"
        && pattern[index] <= pattern[index + 2]
      ranges.append(pattern[index]...pattern[isRange ? index + 2 : index])
      index += isRange ? 3 : 1
    }
    guard index < pattern.endIndex else { return nil }
    let length = index + 1 - pattern.startIndex
    return ({ scalar in ranges.contains { $0.contains(scalar) } != isNegated }, length)
  }
}
