// SPDX-License-Identifier: Apache-2.0

/// Errors judged as a share of the calls that they are among.
extension WindowScorer {
  /// Takes from the evidence of a window of errors what its calls explain.
  ///
  /// Where more calls came than expected, more errors are no news: of n calls with ν expected, μ n / ν
  /// errors are, and the count follows a beta-binomial law of n trials with that mean. Its variance
  /// is the window's V with all that goes beyond the mean scaled alike, μ' + (V − μ)(μ' / μ)². The
  /// weaker evidence of the two counts: an insight is more errors than usual, and of more of the calls.
  ///
  /// - Parameters:
  ///   - window: as judged by its rate.
  ///   - minute: its last.
  ///   - calls: those of its minutes.
  /// - Returns: the window, with the weaker evidence.
  public func moderated(
    _ window: ScoredWindow, endingWith minute: Int, by calls: CallActivity
  ) -> ScoredWindow {
    guard calls.expected > 0, Double(calls.count) > calls.expected, window.count <= calls.count
    else { return window }
    let end = minute + 1
    let start = end - window.minutes
    let (mean, spread) = moments(from: start, to: end)
    let error = uncertainty(from: start, to: end, smooth: expected(from: start, to: end))
    let factor = Double(calls.count) / calls.expected
    let beyond = max(0, spread + error * error - mean) * factor * factor
    let log10P = log10UpperTail(
      errors: window.count, calls: calls.count, mean: mean * factor,
      variance: mean * factor + beyond)
    guard -log10P < window.evidence else { return window }
    return ScoredWindow(
      minutes: window.minutes, count: window.count, expected: mean * factor,
      log10PValue: max(log10P, window.log10PValue), evidence: -log10P)
  }
}
