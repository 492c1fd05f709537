// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Reports

@Suite struct NumberTextTests {
  @Test(arguments: [
    (0, "0"), (-0.0, "0"), (1, "1"), (14.0 / 3, "4.66667"), (0.0000882145, "0.0000882145"),
    (12_345_678, "12345678"), (1e21, "1000000000000000000000"), (999_999.96, "1000000"),
    (0.00009999999, "0.0001"), (-2.5, "-2.5"), (85.4202380952, "85.4202"), (1e-7, "0.0000001"),
    (0.1 + 0.2, "0.3"), (0.1234565, "0.123457"), (.infinity, ""), (.nan, ""),
    (-0.00000001, "-0.00000001"),
  ])
  func `a plain decimal has six significant digits and no exponent`(value: Double, text: String) {
    #expect(plainDecimal(value, significantDigits: 6) == text)
  }

  @Test(arguments: [
    (0, "1.0e+00"), (3, "1.0e+00"), (-1.5228787452803376, "3.0e-02"), (-9, "1.0e-09"),
    (-412.7, "2.0e-413"), (-0.001, "1.0e+00"), (-8.9208187539523749, "1.2e-09"),
    (-.infinity, "0"), (.nan, ""), (-1e-17, "1.0e+00"),
  ])
  func `a probability may be smaller than a Double`(log10: Double, text: String) {
    #expect(probabilityText(log10: log10) == text)
  }

  @Test func `a GUID is the same in every process`() {
    #expect(stableGUID(of: "") == "6c62272e-07bb-8142-a2b8-21756295c58d")
    #expect(stableGUID(of: "a") != stableGUID(of: "b"))
    #expect(stableGUID(of: "a").utf8.count == 36)
  }

  @Test(arguments: [
    (0, "0 min"), (6, "6 min"), (60, "1 h"), (200, "3 h 20 min"), (1440, "1 d"),
    (1700, "1 d 4 h"), (-3, "0 min"),
  ])
  func `durations name the two largest units`(minutes: Int, text: String) {
    #expect(PeopleText.duration(minutes: minutes) == text)
  }

  @Test(arguments: [
    (0.0, "0/min"), (14.2, "14.2/min"), (0.1, "0.1/min"), (0.02, "1.2/h"), (4.0 / 10080, "0.57/d"),
    (1234, "1234/min"), (12345, "12.3k/min"), (1_234_567, "1.23M/min"), (.nan, "?"),
  ])
  func `rates come in the unit that suits them`(rate: Double, text: String) {
    #expect(PeopleText.rate(perMinute: rate) == text)
  }

  @Test(
    arguments: [
      (120.0, "×120"), (3.44, "×3.44"), (0.08, "×0.08"), (0, "to 0"), (0.001, "×<0.01"),
      (nil, "new"), (35784, "×35.8k"),
    ] as [(Double?, String)])
  func `changes are factors`(factor: Double?, text: String) {
    #expect(PeopleText.change(factor) == text)
  }

  @Test func `counts and sizes`() {
    #expect(PeopleText.count(1_204_331) == "1,204,331")
    #expect(PeopleText.count(-999) == "-999")
    #expect(PeopleText.count(1, "file") == "1 file")
    #expect(PeopleText.bytes(999) == "999 B")
    #expect(PeopleText.bytes(1_234_567_890) == "1.23 GB")
  }
}
