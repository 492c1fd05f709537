// SPDX-License-Identifier: Apache-2.0
import CommandLineTool
import Glibc

@main
struct TrailInsights {
  static func main() async {
    exit(await Tool.main())
  }
}
