// SPDX-License-Identifier: Apache-2.0

@main
struct TrailInsights {
  static func main() {}
}
