// SPDX-License-Identifier: Apache-2.0
import Baselines
import FoundationEssentials
import Scores

/// A model file: what the model takes for granted before it has seen an input, as JSON.
///
/// `{"format":"trail-insights-model","version":1,"name":…,"spread":{…},"budget":{…},"firstBursts":{…}}`;
/// `Models/README.md` says what the numbers mean.
struct ModelFile: Codable {
  /// Its name among the tables of an export.
  static let fileName = "model.json"
  static let formatName = "trail-insights-model"

  var format = Self.formatName
  var version = 1
  /// What people call it.
  var name: String
  var spread: SpreadParameters
  var budget: BudgetParameters
  var firstBursts: FirstBurstParameters

  init(_ parameters: ModelParameters, name: String) {
    self.name = name
    spread = parameters.spread
    budget = parameters.budget
    firstBursts = parameters.firstBursts
  }

  /// Reads the file before any work, so that an error in it costs no time.
  static func read(_ path: String) throws(RunError) -> ModelParameters {
    switch SystemCalls.read(path) {
    case .failure(let failure): throw .cannotRead(path: path, reason: failure.reason)
    case .success(let bytes):
      do throws(Fault) {
        return try parameters(bytes)
      } catch {
        throw .badModel(path: path, reason: error.reason)
      }
    }
  }

  /// Why a file holds no model: one clause that names the place.
  struct Fault: Error {
    let reason: String
  }

  static func parameters(_ bytes: [UInt8]) throws(Fault) -> ModelParameters {
    let data = Data(bytes)
    guard let header = try? JSONDecoder().decode(Header.self, from: data),
      header.format == formatName
    else {
      throw Fault(reason: "it is no model file: \"format\" is not \"\(formatName)\"")
    }
    guard header.version == 1 else {
      throw Fault(reason: "\"version\" is \(header.version); this build reads 1")
    }
    let file = try decoded(data)
    var parameters = ModelParameters()
    parameters.spread = file.spread
    parameters.budget = file.budget
    parameters.firstBursts = file.firstBursts
    if let fault = parameters.fault { throw Fault(reason: fault) }
    return parameters
  }

  private static func decoded(_ data: Data) throws(Fault) -> ModelFile {
    do {
      let file = try JSONDecoder().decode(ModelFile.self, from: data)
      let known = try JSONDecoder().decode(KeyTree.self, from: JSONEncoder().encode(file))
      if let key = try JSONDecoder().decode(KeyTree.self, from: data).firstKey(unknownTo: known) {
        throw Fault(reason: "\"\(key)\" is no part of a model")
      }
      return file
    } catch let fault as Fault {
      throw fault
    } catch let error as DecodingError {
      throw Fault(reason: error.clause)
    } catch {
      throw Fault(reason: "it is no JSON")
    }
  }

  private struct Header: Decodable {
    let format: String
    let version: Int
  }

  /// The file's text; equal parameters give equal bytes.
  func encoded() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // What is encoded here are texts and finite numbers, which cannot fail.
    func text(_ value: some Encodable) -> String {
      (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
    let rows = spread.clumping.map { "      " + text($0) }.joined(separator: ",\n")
    return Array(
      """
      {
        "format": \(text(format)),
        "version": \(version),
        "name": \(text(name)),
        "spread": {
          "clumping": [
      \(rows)
          ],
          "clumpingWeight": \(text(spread.clumpingWeight)),
          "wandering": \(text(spread.wandering)),
          "wanderingWeight": \(text(spread.wanderingWeight)),
          "ownEvents": \(text(spread.ownEvents)),
          "ownWindows": \(text(spread.ownWindows))
        },
        "budget": \(text(budget)),
        "firstBursts": \(text(firstBursts))
      }

      """.utf8)
  }
}

/// The names in a JSON document, without its values.
private indirect enum KeyTree: Decodable {
  case object([String: KeyTree])
  case other

  init(from decoder: any Decoder) throws {
    guard let members = try? decoder.singleValueContainer().decode([String: KeyTree].self) else {
      self = .other
      return
    }
    self = .object(members)
  }

  /// The first name, by its path, that another document does not have.
  func firstKey(unknownTo known: KeyTree) -> String? {
    guard case .object(let members) = self else { return nil }
    guard case .object(let knownMembers) = known else { return nil }
    for (key, value) in members.sorted(by: { $0.key < $1.key }) {
      guard let counterpart = knownMembers[key] else { return key }
      if let inner = value.firstKey(unknownTo: counterpart) { return key + "." + inner }
    }
    return nil
  }
}

extension DecodingError {
  /// What is wrong and where, in a clause.
  fileprivate var clause: String {
    switch self {
    case .keyNotFound(let key, let context):
      "\"\(Self.path(context.codingPath + [key]))\" is missing"
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      "\"\(Self.path(context.codingPath))\" is not of type \(Self.name(type))"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "it is no JSON" : "\"\(Self.path(context.codingPath))\" is no number"
    @unknown default: "it cannot be read"
    }
  }

  private static func name(_ type: any Any.Type) -> String {
    type == String.self ? "text" : type == Double.self ? "number" : "list or object"
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
  }
}
