// SPDX-License-Identifier: Apache-2.0

/// The categories of events that are calls; the others are no calls and are only tallied.
public enum EventCategory: String, CaseIterable, Sendable {
  case management = "Management"
  case data = "Data"
}
