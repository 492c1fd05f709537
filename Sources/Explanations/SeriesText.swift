// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// The call as an IAM policy names it: `ec2:RunInstances`.
public func callText(_ series: SeriesKey) -> String {
  let suffix = ".amazonaws.com"
  let source = series.eventSource
  let service = source.hasSuffix(suffix) ? String(source.dropLast(suffix.count)) : source
  return service + ":" + series.eventName
}

/// What a series counts, in a word.
public func typeText(_ type: InsightType) -> String {
  switch type {
  case .apiCallRate: "calls"
  case .apiErrorRate: "errors"
  }
}
