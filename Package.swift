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
  ("CSV", []),
  ("LinearAlgebra", ["COpenBLAS"]),
  ("Bytes", ["CLibdeflate", "CZlib", "CZstd"]),
  ("Events", ["Vocabulary", "CSV", "Bytes", "CSimdjson"]),
  ("Counts", ["Vocabulary", "CSV", "Events"]),
  ("Baselines", ["Vocabulary", "LinearAlgebra", "Counts"]),
  ("Scores", ["Vocabulary", "Counts", "Baselines"]),
  ("Insights", ["Vocabulary", "Counts", "Baselines", "Scores"]),
  ("Store", ["Vocabulary", "Bytes", "CSQLite"]),
  ("Suppression", ["Vocabulary", "Insights"]),
  ("Reports", ["Vocabulary", "CSV", "Insights"]),
  ("Exports", ["Vocabulary", "CSV", "Counts", "Scores", "Insights", "Reports"]),
  ("Explanations", ["Vocabulary", "Insights", "Reports"]),
  ("Pages", ["Vocabulary", "Insights", "Reports", "Explanations"]),
  ("ObjectStores", ["Vocabulary", "CCurl"]),
  ("Trails", ["Vocabulary", "Bytes"]),
  (
    "Engine",
    [
      "Vocabulary", "LinearAlgebra", "Bytes", "Events", "Counts", "Baselines", "Scores",
      "Insights", "Store", "ObjectStores", "Trails",
    ]
  ),
  ("Synthesis", ["Vocabulary", "CSV", "Bytes", "Counts", "Scores"]),
  ("Evaluation", ["Vocabulary", "CSV"]),
  (
    "CommandLineTool",
    [
      "CMalloc", "Vocabulary", "CSV", "Bytes", "Events", "Counts", "Baselines", "Scores",
      "Insights", "Store",
      "Suppression",
      "Reports", "Exports", "Explanations", "Pages", "ObjectStores", "Trails", "Engine",
      "Synthesis", "Evaluation",
    ]
  ),
]

/// What each test bundle names besides `TestSupport`.
let tests: [(name: String, uses: [String])] = [
  ("ArchitectureTests", []),
  ("CSVTests", ["CSV"]),
  ("VocabularyTests", ["Vocabulary"]),
  ("LinearAlgebraTests", ["LinearAlgebra"]),
  ("BytesTests", ["Bytes"]),
  ("EventsTests", ["Vocabulary", "Bytes", "Events"]),
  ("CountsTests", ["Vocabulary", "Events", "Counts"]),
  ("BaselinesTests", ["Vocabulary", "LinearAlgebra", "Counts", "Baselines"]),
  ("ScoresTests", ["Vocabulary", "Counts", "Baselines", "Scores"]),
  ("InsightsTests", ["Vocabulary", "Counts", "Baselines", "Scores", "Insights"]),
  ("StoreTests", ["Vocabulary", "Bytes", "Store"]),
  ("SuppressionTests", ["Vocabulary", "Insights", "Suppression"]),
  ("ReportsTests", ["Vocabulary", "CSV", "Insights", "Reports"]),
  ("ExportsTests", ["Exports"]),
  ("ExplanationsTests", ["Vocabulary", "Insights", "Reports", "Explanations"]),
  ("PagesTests", ["Vocabulary", "Insights", "Reports", "Explanations", "Pages"]),
  ("ObjectStoresTests", ["Vocabulary", "ObjectStores"]),
  ("TrailsTests", ["Vocabulary", "Bytes", "Trails"]),
  ("EngineTests", ["Vocabulary", "Bytes", "Events", "Counts", "Insights", "Trails", "Engine"]),
  ("SynthesisTests", ["Vocabulary", "CSV", "Bytes", "Counts", "Scores", "Synthesis"]),
  ("EvaluationTests", ["Vocabulary", "CSV", "Evaluation"]),
  ("DetectionCalibrationTests", ["Scores", "detection-calibration"]),
  (
    "CommandLineToolTests",
    ["Vocabulary", "Baselines", "Scores", "Insights", "Engine", "CommandLineTool"]
  ),
  ("EndToEndTests", ["CSV"]),
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
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .target(
      name: "CSimdjson",
      cxxSettings: [.define("NDEBUG", .when(configuration: .release))],
      linkerSettings: [.linkedLibrary("simdjson")]),
    .executableTarget(
      name: "trail-insights", dependencies: ["CommandLineTool"], swiftSettings: strict),
    .executableTarget(
      name: "detection-calibration",
      dependencies: dependencies([
        "Vocabulary", "Counts", "Baselines", "Scores", "Insights", "Reports", "Engine",
        "Synthesis",
      ]),
      path: "Benchmarks/calibration", swiftSettings: strict),
    .executableTarget(
      name: "fit-speed",
      dependencies: dependencies(["Vocabulary", "LinearAlgebra", "Counts", "Baselines"]),
      path: "Benchmarks/speed/fit", swiftSettings: strict),
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
