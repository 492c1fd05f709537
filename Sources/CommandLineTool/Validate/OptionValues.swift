// SPDX-License-Identifier: Apache-2.0
import ObjectStores
import Vocabulary

/// The typed values of options, read as what they must be.
extension Arguments.Typed {
  func text(_ option: OptionName) throws(ArgumentError) -> String? {
    guard let value = options[option] else { return nil }
    guard !value.isEmpty, !value.utf8.contains(0) else {
      throw .badValue(option, value: value, takes: "a path")
    }
    return value
  }

  func integer(_ option: OptionName, in range: ClosedRange<Int>) throws(ArgumentError) -> Int? {
    guard let value = options[option] else { return nil }
    guard value.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(value),
      range.contains(number)
    else {
      let takes = "a whole number from \(range.lowerBound) to \(range.upperBound)"
      throw .badValue(option, value: value, takes: takes)
    }
    return number
  }

  /// Takes decimals such as `0.5` and `1e-3`; what `Double` reads besides, such as `nan` or
  /// `0x1p3`, is nothing that a person types on purpose.
  func positiveNumber(_ option: OptionName) throws(ArgumentError) -> Double? {
    guard let value = options[option] else { return nil }
    guard value.utf8.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }),
      let number = Double(value), number.isFinite, number > 0
    else { throw .badValue(option, value: value, takes: "a number above 0") }
    return number
  }

  func time(_ option: OptionName) throws(ArgumentError) -> Timestamp? {
    guard let value = options[option] else { return nil }
    guard let time = Timestamp(rfc3339: value) else {
      let takes = "a date or time as in 2026-03-01 or 2026-03-01T02:00:00Z"
      throw .badValue(option, value: value, takes: takes)
    }
    return time
  }

  /// Takes a duration such as `90s`, `15m`, `48h` or `2d`; a plain 0 needs no unit.
  func seconds(_ option: OptionName) throws(ArgumentError) -> Int? {
    guard let value = options[option] else { return nil }
    if value == "0" { return 0 }
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
    guard let unit = value.last.flatMap({ units[$0] }), value.utf8.count <= 8,
      value.dropLast().utf8.allSatisfy({ (48...57).contains($0) }),
      let number = Int(value.dropLast())
    else { throw .badValue(option, value: value, takes: "a time as in 90s, 15m, 48h or 2d") }
    return number * unit
  }

  func day(_ option: OptionName) throws(ArgumentError) -> Int? {
    guard let value = options[option] else { return nil }
    guard value.utf8.count == 10, let time = Timestamp(rfc3339: value) else {
      throw .badValue(option, value: value, takes: "a date as in 2026-03-01")
    }
    return time.minute.day
  }

  func when(_ option: OptionName) throws(ArgumentError) -> Manners.When {
    guard let value = options[option] else { return .auto }
    guard let when = Manners.When(rawValue: value) else {
      throw .badValue(option, value: value, takes: "auto, always or never")
    }
    return when
  }

  func manners() throws(ArgumentError) -> Manners {
    Manners(isQuiet: has(.quiet), progress: try when(.progress), color: try when(.color))
  }

  func stores() throws(ArgumentError) -> StorePlan {
    let endpoint = options[.endpointURL]
    if let endpoint, !endpoint.hasPrefix("http://"), !endpoint.hasPrefix("https://") {
      throw .badValue(.endpointURL, value: endpoint, takes: "a URL as in http://127.0.0.1:9000")
    }
    return StorePlan(
      endpointURL: endpoint, profile: try name(.profile), region: try name(.region),
      isUnsigned: has(.noSignRequest))
  }

  private func name(_ option: OptionName) throws(ArgumentError) -> String? {
    guard let value = options[option] else { return nil }
    guard !value.isEmpty, !value.utf8.contains(0) else {
      throw .badValue(option, value: value, takes: "a name")
    }
    return value
  }

  /// The paths to read, at least one, none of them empty.
  func paths() throws(ArgumentError) -> [String] {
    guard !operands.isEmpty else { throw .missingOperand("a PATH", command: name) }
    if let bad = operands.first(where: { $0.isEmpty || $0.utf8.contains(0) }) {
      throw .unexpectedOperand(bad, command: name)
    }
    let stored = operands.filter { $0.hasPrefix(S3Location.scheme) }
    if let bad = stored.first(where: { S3Location(parsing: $0) == nil }) {
      throw .unexpectedOperand(bad, command: name)
    }
    return operands
  }

  /// The files to read, at least one, none of them in a bucket.
  func localFiles() throws(ArgumentError) -> [String] {
    guard !operands.isEmpty else { throw .missingOperand("a FILE", command: name) }
    let isBad = { (path: String) in
      path.isEmpty || path.utf8.contains(0) || path.hasPrefix(S3Location.scheme)
    }
    if let bad = operands.first(where: isBad) { throw .unexpectedOperand(bad, command: name) }
    return operands
  }

  /// Two reports must not go to one place.
  func checkTargets(_ targets: [(OptionName, String?)]) throws(ArgumentError) {
    var taken: [String: OptionName] = [:]
    for (option, target) in targets {
      guard let target else { continue }
      if let other = taken[target] { throw .sameTarget(other, option, target: target) }
      taken[target] = option
    }
  }
}
