// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableExperimentalFeature("Lifetimes"),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
]

/// The way the data goes, top to bottom; a module may name only modules above it.
let stages: [(name: String, uses: [String])] = [
  ("Vocabulary", []),
  ("LinearAlgebra", ["COpenBLAS"]),
  ("Bytes", ["CLibdeflate", "CZlib"]),
  ("Events", ["Vocabulary", "Bytes", "CSimdjson"]),
  ("Counts", ["Vocabulary", "Events"]),
  ("Baselines", ["Vocabulary", "LinearAlgebra", "Counts"]),
  ("Scores", ["Vocabulary", "Counts", "Baselines"]),
  ("Insights", ["Vocabulary", "Counts", "Baselines", "Scores"]),
  ("Reports", ["Vocabulary", "Insights"]),
  ("Trails", ["Vocabulary", "Bytes"]),
  (
    "Engine",
    [
      "Vocabulary", "Bytes", "Events", "Counts", "Baselines", "Scores", "Insights", "Trails",
    ]
  ),
  ("Synthesis", ["Vocabulary", "Bytes", "Scores"]),
  ("Evaluation", ["Vocabulary"]),
  (
    "CommandLineTool",
    [
      "Vocabulary", "Bytes", "Events", "Counts", "Insights", "Reports", "Trails", "Engine",
      "Synthesis", "Evaluation",
    ]
  ),
]

/// What each test bundle names besides `TestSupport`.
let tests: [(name: String, uses: [String])] = [
  ("ArchitectureTests", [])
]

func dependencies(_ names: [String]) -> [Target.Dependency] {
  names.map { .byName(name: $0) }
}

let package = Package(
  name: "TrailInsights",
  products: [.executable(name: "trail-insights", targets: ["trail-insights"])],
  targets: [
    .systemLibrary(
      name: "CLibdeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .target(
      name: "CSimdjson",
      cxxSettings: [.define("NDEBUG", .when(configuration: .release))],
      linkerSettings: [.linkedLibrary("simdjson")]),
    .executableTarget(
      name: "trail-insights", dependencies: ["CommandLineTool"], swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["Vocabulary"], path: "Tests/TestSupport",
      swiftSettings: strict),
  ]
    + stages.map {
      .target(name: $0.name, dependencies: dependencies($0.uses), swiftSettings: strict)
    }
    + tests.map {
      .testTarget(
        name: $0.name, dependencies: dependencies($0.uses + ["TestSupport"]),
        swiftSettings: strict)
    },
  cxxLanguageStandard: .cxx17
)
