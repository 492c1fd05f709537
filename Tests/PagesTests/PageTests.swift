// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Pages

/// Parts of the page against known values.
@Suite struct PageTests {
  @Test(arguments: [
    ("", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
    ("abc", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
  ])
  func `a hash is that of FIPS 180-4`(text: String, hash: String) {
    #expect(base64SHA256(Array(text.utf8)) == hash)
  }
}
