// SPDX-License-Identifier: Apache-2.0
import Glibc

extension Double {
  /// The logarithm to base 4.
  var log4: Double { log2(self) / 2 }

  /// The number to a power.
  func raised(to exponent: Double) -> Double { pow(self, exponent) }
}
