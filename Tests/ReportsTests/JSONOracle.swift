// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Whether bytes are one JSON object, by another implementation than the report's.
func isJSONObject(_ bytes: [UInt8]) -> Bool {
  (try? JSONSerialization.jsonObject(with: Data(bytes))) is [String: Any]
}
