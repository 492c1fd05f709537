// SPDX-License-Identifier: Apache-2.0
import Baselines
import Engine
import Scores
import Synthesis

/// The spread that the series of incident-free trails share: what `Models/default.json` takes for
/// granted of a series of which little is known.
struct SharedSpread {
  private let parameters: SpreadParameters

  init(seeds: ArraySlice<UInt64>, seriesCount: Int) {
    var evidence = SpreadEvidence()
    for seed in seeds {
      var options = SynthesisOptions(seed: seed)
      options.seriesCount = seriesCount
      options.incidentFree = true
      var run = DetectionRun(
        history: SyntheticTrail(options: options).countHistory(), options: DetectionOptions())
      _ = run.run()
      evidence.add(run.spreadEvidence)
    }
    var model = ModelParameters()
    model.spread = evidence.posterior(model.spread)
    parameters = model.rounded.spread
  }

  /// Both tables, a row for each window.
  var text: String {
    (parameters.clumping + [parameters.wandering]).map { "\($0)" }.joined(separator: "\n")
  }
}
