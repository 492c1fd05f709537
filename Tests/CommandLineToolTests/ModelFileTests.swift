// SPDX-License-Identifier: Apache-2.0
import Baselines
import Foundation
import Scores
import TestSupport
import Testing

@testable import CommandLineTool

@Suite("Model files")
struct ModelFileTests {
  @Test("the model that is built in stands in Models/default.json, byte for byte")
  func standard() throws {
    let file = String(
      decoding: ModelFile(ModelParameters(), name: "default").encoded(), as: UTF8.self)
    let difference = Snapshot.difference(of: file, from: "../../Models/default.json")
    #expect(difference == nil, "\(difference ?? "")")
    #expect(try ModelFile.parameters(Array(file.utf8)) == ModelParameters())
  }

  @Test("the other model of Models differs in what was learnt alone")
  func learnt() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let bytes = try Data(contentsOf: folder.appendingPathComponent("Models/learnt.json"))
    var learnt = try ModelFile.parameters(Array(bytes))
    #expect(learnt.spread.clumping != ModelParameters().spread.clumping)
    learnt.spread.clumping = ModelParameters().spread.clumping
    learnt.spread.wandering = ModelParameters().spread.wandering
    #expect(learnt == ModelParameters())
  }

  @Test("what is written is read again")
  func roundTrip() throws {
    var parameters = ModelParameters()
    parameters.spread.clumping[2][3] = 0.1234
    parameters.budget.growth = 1.5
    parameters.firstBursts.power = 3
    let bytes = ModelFile(parameters, name: "of a \"team\"\n").encoded()
    #expect(try ModelFile.parameters(bytes) == parameters)
  }

  @Test(
    "a file that holds no model is refused with its place and reason",
    arguments: [
      ("\"format\": \"trail-insights-model\"", "\"format\": \"x\"", "\"format\" is not"),
      ("\"version\": 1", "\"version\": 2", "\"version\" is 2; this build reads 1"),
      ("\"ownEvents\"", "\"ownEvent\"", "\"spread.ownEvents\" is missing"),
      ("\"version\": 1,", "\"version\": 1, \"notes\": 1,", "\"notes\" is no part of a model"),
      ("\"growth\":1.4", "\"growth\":1.4,\"grows\":1", "\"budget.grows\" is no part of a model"),
      ("\"growth\":1.4", "\"growth\":\"1.4\"", "\"budget.growth\" is not of type number"),
      ("\"growth\":1.4", "\"growth\":-1", "budget.growth must lie from 0 to 100"),
      ("\"leastChances\":400000", "\"leastChances\":0", "budget.leastChances must be above 0"),
      ("\"wandering\": [", "\"wandering\": [0.1, ", "spread.wandering holds 6 numbers, not 5"),
      ("\"clumping\": [", "\"clumping\": [[], ", "spread.clumping holds 6 rows, not 5"),
      ("\"wandering\": [0", "\"wandering\": [-0", "spread.clumping and spread.wandering hold"),
    ])
  func refuses(_ text: String, _ replacement: String, _ reason: String) throws {
    let file = String(
      decoding: ModelFile(ModelParameters(), name: "default").encoded(), as: UTF8.self)
    let damaged = file.replacing(text, with: replacement)
    #expect(damaged != file)
    let fault = #expect(throws: ModelFile.Fault.self) {
      _ = try ModelFile.parameters(Array(damaged.utf8))
    }
    #expect(fault?.reason.contains(reason) == true, "\(fault?.reason ?? "")")
  }
}
