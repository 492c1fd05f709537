// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// The profiles of a block of series, as the fits give them; its storage serves block after block.
///
/// Several fits, which take the weekend to lie elsewhere, compete for each series: the one with the
/// largest marginal likelihood wins. From then on series stand by their fits, so that those of one
/// fit are rows on end:
///
///     by row:    s₀ s₁ s₂ s₃ …        as they were loaded
///     by place:  s₀ s₂ │ s₁ │ s₃ …    by fit
struct FittedProfiles {
  private let fits: ProfileFits
  /// Means of the series over the week, on the root scale, by row.
  private var means: [Float]
  /// q around the means, by row.
  private var spreads: [Float]
  private var shrinkages: [Shrinkage]
  /// The place of each row, and the row of each place.
  private var places: [Int]
  private var rowsByPlace: [Int]
  /// The places of each fit.
  private var groups: [Range<Int>]
  /// Qᵀ Φᵀ z of all fits, by row.
  private var candidates: LaneMatrix
  /// That of one fit, by place; then shrunk.
  private var coefficients: LaneMatrix
  /// Their squares, and what each λ explains by them.
  private var squares: LaneMatrix
  private var explained: LaneMatrix
  /// f without the means, by place.
  private var deviations: LaneMatrix

  /// Makes room for so many series.
  init(_ fits: ProfileFits, rowCount: Int) {
    self.fits = fits
    means = Array(repeating: 0, count: rowCount)
    spreads = Array(repeating: 0, count: rowCount)
    shrinkages = Array(repeating: Shrinkage(), count: rowCount)
    places = Array(0..<rowCount)
    rowsByPlace = Array(0..<rowCount)
    groups = []
    candidates = LaneMatrix(rowCount: rowCount, columnCount: fits.bases.columnCount)
    coefficients = LaneMatrix(rowCount: rowCount, columnCount: fits.coefficientCount)
    squares = LaneMatrix(rowCount: rowCount, columnCount: fits.coefficientCount)
    explained = LaneMatrix(rowCount: rowCount, columnCount: ProfileFit.ridges.count)
    deviations = LaneMatrix(rowCount: rowCount, columnCount: HalfHours.perWeek)
  }

  // MARK: Fitting

  /// Fits the profiles of the first rows, each with the weekend and the λ that its own data speak
  /// for.
  ///
  /// - Parameters:
  ///   - data: z and q by row; the means are taken out of z.
  ///   - rows: how many.
  /// - Complexity: O(fits · rows · 336 · coefficients), in one call of BLAS and two small ones a fit.
  mutating func choose(_ data: inout WeekSums, rows: Int) {
    for row in 0..<rows { centre(&data, row: row, at: row) }
    multiply(data.sums, by: (fits.bases, .plain), into: &candidates, rows: 0..<rows)
    var misfits = [Float](repeating: .infinity, count: rows)
    for fit in fits.all.indices {
      square(candidates, first: fit * coefficients.vectorsPerRow, rows: 0..<rows)
      multiply(squares, by: (fits.all[fit].inverses, .plain), into: &explained, rows: 0..<rows)
      for row in 0..<rows {
        let (misfit, shrinkage) = shrinkage(row, at: row, by: fit)
        guard misfit < misfits[row] else { continue }
        misfits[row] = misfit
        shrinkages[row] = shrinkage
      }
    }
    sortByFit(rows)
    for place in 0..<rows { takeCandidate(place) }
    predict()
  }

  /// Fits the profiles once more, each by the fit that it has taken, from data by place.
  ///
  /// - Parameter data: z and q by place; the means are taken out of z.
  mutating func refit(_ data: inout WeekSums) {
    for (fit, group) in groups.enumerated() where !group.isEmpty {
      for place in group { centre(&data, row: rowsByPlace[place], at: place) }
      multiply(data.sums, by: (fits.all[fit].basis, .plain), into: &coefficients, rows: group)
      square(coefficients, first: 0, rows: group)
      multiply(squares, by: (fits.all[fit].inverses, .plain), into: &explained, rows: group)
      for place in group {
        let row = rowsByPlace[place]
        shrinkages[row] = shrinkage(row, at: place, by: fit).shrinkage
        shrink(place)
      }
    }
    predict()
  }

  /// Takes the series' own mean out, so that shrinking pulls towards it and not towards 0.
  private mutating func centre(_ data: inout WeekSums, row: Int, at place: Int) {
    let start = place * HalfHours.octetsPerWeek
    let weights = fits.weights
    var sums = data.sums.vectors.mutableSpan
    var total = Octet()
    for octet in 0..<HalfHours.octetsPerWeek { total += sums[start + octet] }
    let mean = fits.totalWeight > 0 ? Float(total.total / fits.totalWeight) : 0
    for octet in 0..<HalfHours.octetsPerWeek { sums[start + octet] -= weights[octet] * mean }
    means[row] = data.origins[place] + mean
    spreads[row] = max(data.squares[place] - Float(fits.totalWeight) * mean * mean, 1e-9)
  }

  /// Squares the coefficients of some rows, from a column on.
  private mutating func square(_ source: LaneMatrix, first: Int, rows: Range<Int>) {
    let (width, stride) = (squares.vectorsPerRow, source.vectorsPerRow)
    let source = source.vectors.span
    var squares = squares.vectors.mutableSpan
    for row in rows {
      for lane in 0..<width {
        let value = source[row * stride + first + lane]
        squares[row * width + lane] = value * value
      }
    }
  }

  /// Finds the λ with the largest marginal likelihood, the noise variance integrated out at its maximum:
  /// −½ [Σₖ log(1 + Λₖ/λ) + n log(q − Σₖ uₖ²/(Λₖ + λ))], u = Qᵀ Φᵀ z, as for any Bayesian linear
  /// model (Bishop, 2006, section 3.5).
  ///
  /// - Returns: e to the power of −2/n times that, which is smaller the likelier it is, and the λ.
  private func shrinkage(_ row: Int, at place: Int, by fit: Int)
    -> (misfit: Float, shrinkage: Shrinkage)
  {
    let spread = spreads[row]
    let unexplained = (spread - explained.vectors[place]).atLeast(Octet(repeating: spread * 1e-6))
    let misfits = unexplained * fits.all[fit].penalties
    let least = -(0 - misfits).largest
    var trial = 0
    while trial < ProfileFit.ridges.count - 1, misfits[trial] > least { trial += 1 }
    let noise = Double(unexplained[trial]) / max(fits.totalWeight, 1e-9)
    return (least, Shrinkage(fit: fit, trial: trial, noise: noise))
  }

  /// Gives each row a place such that those of one fit are next to each other.
  private mutating func sortByFit(_ rows: Int) {
    groups.removeAll(keepingCapacity: true)
    var place = 0
    for fit in fits.all.indices {
      let first = place
      for row in 0..<rows where shrinkages[row].fit == fit {
        places[row] = place
        rowsByPlace[place] = row
        place += 1
      }
      groups.append(first..<place)
    }
  }

  /// Copies what the fit taken made of a series to its place, shrunk.
  private mutating func takeCandidate(_ place: Int) {
    let (row, width) = (rowsByPlace[place], coefficients.vectorsPerRow)
    let start = row * candidates.vectorsPerRow + shrinkages[row].fit * width
    let inverses = inverses(row)
    for lane in inverses.indices {
      coefficients.vectors[place * width + lane] = candidates.vectors[start + lane] * inverses[lane]
    }
    for lane in inverses.count..<width { coefficients.vectors[place * width + lane] = Octet() }
  }

  private mutating func shrink(_ place: Int) {
    let start = place * coefficients.vectorsPerRow
    let inverses = inverses(rowsByPlace[place])
    for lane in inverses.indices { coefficients.vectors[start + lane] *= inverses[lane] }
  }

  /// 1 / (Λ + λ) of a series.
  private func inverses(_ row: Int) -> [Octet] {
    fits.all[shrinkages[row].fit].trials[shrinkages[row].trial].inverses
  }

  /// Works the profiles out from shrunk coefficients.
  private mutating func predict() {
    for (fit, group) in groups.enumerated() {
      multiply(
        coefficients, by: (fits.all[fit].basis, .transposed), into: &deviations, rows: group)
    }
  }

  // MARK: Results

  /// Where a series stands in what is asked for by place.
  func place(_ row: Int) -> Int { places[row] }

  /// f of the octets of the week, on the root scale.
  func copyRoots(_ row: Int, into roots: inout [Octet]) {
    let (start, mean) = (places[row] * HalfHours.octetsPerWeek, means[row])
    let source = deviations.vectors.span
    var roots = roots.mutableSpan
    for octet in 0..<HalfHours.octetsPerWeek { roots[octet] = source[start + octet] + mean }
  }

  /// The weekend that the data of a series speak for.
  func weekend(_ row: Int) -> Weekend { fits.all[shrinkages[row].fit].design.weekend }

  /// What the fit of a series says of how sure it is.
  func certainty(_ row: Int) -> ProfileCertainty {
    ProfileCertainty(shrinkages[row], fit: fits.all[shrinkages[row].fit])
  }
}
