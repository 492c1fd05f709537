// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// How far one series' profile was shrunk.
struct Shrinkage {
  /// The index of the fit that was taken.
  var fit = 0
  /// The index of λ among those on trial.
  var trial = 0
  /// σ²: the variance of the data around the profile, on the root scale.
  var noise = 0.0
}

/// How sure the profile of one series is.
struct ProfileCertainty {
  /// σ².
  let noise: Double
  private let trial: RidgeTrial

  init(_ shrinkage: Shrinkage, fit: ProfileFit) {
    noise = shrinkage.noise
    trial = fit.trials[shrinkage.trial]
  }

  /// λ.
  var ridge: Double { trial.ridge }

  /// The effective number of coefficients.
  var freedom: Double { trial.freedom }

  /// The posterior variances of f in an octet of the day that is forecast.
  func variance(_ octet: Int) -> Octet { Float(noise) * trial.variances[octet] }

  /// Those of an octet over the variances before any data: 0 where all is known, 1 where nothing is.
  func ignorance(_ octet: Int) -> Octet { trial.ignorance[octet] }
}
