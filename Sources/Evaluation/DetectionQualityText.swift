// SPDX-License-Identifier: Apache-2.0

extension DetectionQuality {
  /// Returns the figures as aligned lines for a person.
  public func render() -> String {
    var rows: [(String, String)] = [
      ("labels", "\(labelCount)"), ("found", "\(foundCount)"), ("false", "\(falseCount)"),
      ("repeated", "\(repeatedCount)"),
    ]
    rows += ratios.map { ratio in
      (ratio.title, ratio.value.map { decimal($0, ratio.digits) } ?? "-")
    }
    rows += families.map { ("recall of " + $0.family, "\($0.found) of \($0.labels)") }
    rows += lures.map { ("insights on " + $0.kind, "\($0.insights) on \($0.lures)") }
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { name, value in
      name + String(repeating: " ", count: width - name.count + 2) + value + "\n"
    }.joined()
  }

  /// Returns the figures as one JSON object, with `null` for what there is no figure of.
  public func json() -> String {
    var members = [
      "\"labels\":\(labelCount)", "\"found\":\(foundCount)", "\"false\":\(falseCount)",
      "\"repeated\":\(repeatedCount)",
    ]
    members += ratios.map { "\"\($0.name)\":" + ($0.value.map { "\($0)" } ?? "null") }
    let recalls = families.map {
      "\(quoted($0.family)):{\"labels\":\($0.labels),\"found\":\($0.found)}"
    }
    let flagged = lures.map {
      "\(quoted($0.kind)):{\"lures\":\($0.lures),\"insights\":\($0.insights)}"
    }
    members.append("\"families\":{" + recalls.joined(separator: ",") + "}")
    members.append("\"lures\":{" + flagged.joined(separator: ",") + "}")
    return "{" + members.joined(separator: ",") + "}"
  }

  private struct Ratio {
    let name: String
    let title: String
    let value: Double?
    let digits: Int
  }

  private var ratios: [Ratio] {
    [
      Ratio(name: "precision", title: "precision", value: precision, digits: 3),
      Ratio(name: "recall", title: "recall", value: recall, digits: 3),
      Ratio(name: "f1", title: "F1", value: f1, digits: 3),
      Ratio(
        name: "average_precision", title: "average precision", value: averagePrecision, digits: 3),
      Ratio(
        name: "false_per_week_per_100_series", title: "false a week per 100 series",
        value: falsePerWeekPer100Series, digits: 2),
      Ratio(
        name: "median_delay_minutes", title: "median delay in minutes", value: medianDelayMinutes,
        digits: 1),
      Ratio(
        name: "attribution_accuracy", title: "attribution accuracy", value: attributionAccuracy,
        digits: 3),
    ]
  }
}

/// Writes a number with a fixed count of digits after the point, halves rounded up.
private func decimal(_ value: Double, _ digits: Int) -> String {
  let scale = (0..<digits).reduce(1) { factor, _ in factor * 10 }
  let scaled = Int((abs(value) * Double(scale)).rounded())
  let fraction = String(scaled % scale)
  let zeros = String(repeating: "0", count: digits - fraction.count)
  return (value < 0 && scaled > 0 ? "-" : "") + "\(scaled / scale).\(zeros)\(fraction)"
}

private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": result += "\\\(scalar)"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
