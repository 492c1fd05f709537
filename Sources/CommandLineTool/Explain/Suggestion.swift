// SPDX-License-Identifier: Apache-2.0

/// Returns the known word that a typed one most likely means; `nil` where none is near.
///
/// Near is a third of the word's letters, at least one, wrong, missing, extra or swapped
/// (Damerau and Levenshtein's distance), or a word of which the start was typed.
func nearest(to typed: String, in known: [String]) -> String? {
  let started = known.filter { $0.hasPrefix(typed) && typed.drop { $0 == "-" }.count > 1 }
  if started.count == 1 { return started.first }
  let limit = max(1, typed.count / 3)
  return known.map { (word: $0, distance: editDistance(typed, $0)) }
    .filter { $0.distance <= limit }
    .min { $0.distance < $1.distance }?.word
}

/// Returns how many single letters must be put in, taken out, changed or swapped with the next.
///
/// - Complexity: O(n · m) in the lengths of the words.
func editDistance(_ left: String, _ right: String) -> Int {
  let (left, right) = (Array(left), Array(right))
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  for row in left.indices {
    var current = [row + 1]
    for column in right.indices {
      let isSame = left[row] == right[column]
      var cost = min(
        previous[column + 1] + 1, current[column] + 1, previous[column] + (isSame ? 0 : 1))
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        cost = min(cost, beforePrevious[column - 1] + 1)
      }
      current.append(cost)
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous[right.count]
}
