// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Exports

/// The dictionary explains what there is.
@Suite struct DataDictionaryTests {
  @Test(arguments: ExportTable.allCases)
  func `every column has a type and a meaning`(table: ExportTable) {
    for column in DataDictionary.columns(of: table) {
      let entry = DataDictionary.entry(column, in: table)
      #expect(!entry.type.isEmpty && !entry.meaning.isEmpty, "\(table).\(column)")
    }
  }
}
