// SPDX-License-Identifier: Apache-2.0
import Reports
import Vocabulary

/// A plane of steps by counts, in the units of an SVG picture: the geometry that pictures share.
struct Plane {
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double
  let stepCount: Int
  let highest: Double

  /// The horizontal place of a step's start; steps may have parts.
  func x(_ step: Double) -> String {
    Self.text(left + (right - left) * step / Double(max(1, stepCount)))
  }

  func y(_ count: Double) -> String {
    Self.text(bottom - (bottom - top) * min(1, max(0, count) / max(highest, 1e-9)))
  }

  /// One decimal: a tenth of a unit is finer than a screen's dot.
  static func text(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let (whole, rest) = (tenths / 10, tenths % 10)
    return rest == 0 ? String(whole) : "\(whole).\(rest)"
  }

  /// Bars, one for each step with a count, as strokes from the floor up.
  func bars(_ counts: [Int], where isShown: (Int) -> Bool) -> String {
    var path = ""
    for (step, count) in counts.enumerated() where count > 0 && isShown(step) {
      path += "M\(x(Double(step) + 0.5)) \(Self.text(bottom))V\(y(Double(count)))"
    }
    return path
  }

  /// The width of a bar: a little less than a step.
  var barWidth: String { Self.text(max(1, 0.84 * (right - left) / Double(max(1, stepCount)))) }

  /// A line of steps through values.
  func steps(_ values: [Double]) -> String {
    values.enumerated().map { step, value in
      (step == 0 ? "M" : "L") + "\(x(Double(step))) \(y(value))H\(x(Double(step + 1)))"
    }.joined()
  }

  /// The area between the lower and upper ends of ranges.
  func area(_ ranges: [ClosedRange<Int>]) -> String {
    guard !ranges.isEmpty else { return "" }
    let upper = steps(ranges.map { Double($0.upperBound) })
    let lower = ranges.enumerated().reversed().map { step, range in
      let y = y(Double(range.lowerBound))
      return "L\(x(Double(step + 1))) \(y)H\(x(Double(step)))"
    }.joined()
    return upper + lower + "z"
  }
}

extension Markup {
  mutating func path(_ shape: String, _ class: String) {
    guard !shape.isEmpty else { return }
    raw("<path class=\"\(`class`)\" d=\"\(shape)\"/>")
  }

  mutating func bars(_ shape: String, _ class: String, width: String) {
    guard !shape.isEmpty else { return }
    raw("<path class=\"\(`class`)\" stroke-width=\"\(width)\" d=\"\(shape)\"/>")
  }

  mutating func label(_ text: String, x: String, y: String, anchor: String = "start") {
    element("text", ["class": "label", "x": x, "y": y, "text-anchor": anchor], text: text)
  }

  /// The frame of a plane: its floor, and its height in events.
  mutating func axes(of plane: Plane, unit: String) {
    path("M\(plane.x(0)) \(plane.y(0))H\(plane.x(Double(plane.stepCount)))", "axis")
    path("M\(plane.x(0)) \(plane.y(plane.highest))H\(plane.x(Double(plane.stepCount)))", "axis")
    let x = Plane.text(plane.left - 5)
    label(PeopleText.number(plane.highest), x: x, y: Plane.text(plane.top + 5), anchor: "end")
    label("0", x: x, y: Plane.text(plane.bottom), anchor: "end")
    label(unit, x: Plane.text(plane.left + 4), y: Plane.text(plane.top - 6))
  }
}
