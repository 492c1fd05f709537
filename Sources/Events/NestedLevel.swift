// SPDX-License-Identifier: Apache-2.0
internal import Bytes

/// What one level of nesting needs for itself, made once and used again.
final class NestedLevel {
  let table = RecordTable()
  /// The bytes that were taken out of the level above.
  var buffer = PaddedBuffer()
  var expanded = PaddedBuffer()
}
