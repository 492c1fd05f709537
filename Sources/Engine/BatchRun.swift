// SPDX-License-Identifier: Apache-2.0
public import Baselines
import Bytes
public import Counts
public import Insights
public import ObjectStores
import Trails
public import Vocabulary

/// A whole run over history: read, count, learn, score, find.
public struct BatchRun: Sendable {
  /// What the user chose.
  public let options: DetectionOptions
  private let stores: StoreAccess?
  private let onProgress: @Sendable (ReadProgress) -> Void

  /// Creates a run.
  ///
  /// - Parameters:
  ///   - options: what the user chose.
  ///   - stores: how object stores are reached; `nil` where `s3://` paths are paths like any.
  ///   - onProgress: called from time to time while reading, from one task at a time.
  public init(
    options: DetectionOptions, stores: StoreAccess? = nil,
    onProgress: @escaping @Sendable (ReadProgress) -> Void = { _ in }
  ) {
    self.options = options
    self.stores = stores
    self.onProgress = onProgress
  }

  /// Reads trail data and counts it.
  ///
  /// - Parameter paths: files, folders, globs, `s3://bucket/prefix`, or `-` for standard input.
  /// - Returns: the counts, sorted for reading, and what was covered.
  /// - Throws: where an object store cannot be listed; half a list would pass for a quiet trail.
  public func count(
    paths: [String]
  ) async throws(S3Failure) -> (history: CountHistory, coverage: Coverage) {
    let read = try await read(list(paths), admission: Admission())
    return (CountHistory(read.table), read.coverage)
  }

  /// What lies at some paths.
  struct Listing {
    var files: [TrailFile]
    var trails: [StoredTrail]
    var faults: [Fault]

    var allFiles: [TrailFile] { files + trails.flatMap(\.files) }

    mutating func removeFiles<Failure: Error>(
      where isUnwanted: (TrailFile) throws(Failure) -> Bool
    ) throws(Failure) {
      var wanted: [TrailFile] = []
      for file in files where try !isUnwanted(file) { wanted.append(file) }
      files = wanted
      for index in trails.indices { try trails[index].removeFiles(where: isUnwanted) }
    }
  }

  /// Lists what lies at some paths, as far as its days are asked for.
  func list(_ paths: [String]) async throws(S3Failure) -> Listing {
    var trails: [StoredTrail] = []
    var onDisk = paths
    if let stores {
      let locations = paths.compactMap { S3Location(parsing: $0) }
      onDisk.removeAll { S3Location(parsing: $0) != nil }
      trails = try await StoredTrail.list(locations, in: storedDays, access: stores)
    }
    let listing = TrailListing(paths: onDisk)
    let files = listing.files.filter { storedDays.mayHold(path: $0.path) }
    return Listing(files: files, trails: trails, faults: listing.faults)
  }

  /// What was read of a listing.
  struct Read {
    var table: CountTable
    var coverage: Coverage
    var admission: Admission
  }

  /// Reads what was listed and counts it.
  func read(_ listing: Listing, admission: Admission) async -> Read {
    let counting = TrailCounting(
      queue: TrailQueue(files: listing.files, trails: listing.trails), options: options,
      admission: admission, onProgress: onProgress)
    var read = await counting.run()
    read.coverage.faults += listing.faults
    if read.table.attributionFloorDay > Int.min {
      read.coverage.capped["attribution_days_before"] = read.table.attributionFloorDay
    }
    read.coverage.series = read.table.seriesCount
    return read
  }

  /// The days whose files are read: the time range and the history that it is judged by.
  private var storedDays: DayWindow {
    DayWindow(
      start: options.from.map { $0.minute - options.baselineDays * Minute.minutesPerDay },
      end: options.to.map { $0.minute + 1 })
  }

  /// Finds insights in trail data.
  ///
  /// - Throws: where an object store cannot be listed.
  public func detect(paths: [String]) async throws(S3Failure) -> Findings {
    let (history, coverage) = try await count(paths: paths)
    return detect(history: history, coverage: coverage)
  }

  /// Finds insights in tables of counts, added up.
  public func detect(tables paths: [String]) -> Findings {
    let (history, coverage) = count(tables: paths)
    return detect(history: history, coverage: coverage)
  }

  /// Adds tables of counts up.
  public func count(tables paths: [String]) -> (history: CountHistory, coverage: Coverage) {
    let listing = TrailListing(paths: paths)
    var parser = CountsParser()
    var reader = TrailReader(pieceLength: 4 << 20, cutsAnywhere: true)
    var coverage = Coverage()
    coverage.faults = listing.faults
    for file in listing.files {
      parser.begin(file: file.path)
      coverage.faults += reader.forEachPiece(of: file) { piece, _ in
        parser.readPiece(piece.array, isLast: false)
      }
      parser.readPiece([], isLast: true)
      coverage.files += 1
      coverage.bytes += reader.bytesRead
    }
    let history = CountHistory(parser.table)
    coverage.faults += parser.faults
    coverage.records = parser.rowCount
    coverage.calls = history.series.reduce(0) { $0 + $1.total }
    coverage.series = history.series.count
    coverage.firstEventTime = history.series.compactMap(\.minutes.first).min()
      .map { Minute(sinceEpoch: Int($0)).timestamp }
    coverage.lastEventTime = history.series.compactMap(\.minutes.last).max()
      .map { Minute(sinceEpoch: Int($0)).timestamp }
    return (history, coverage)
  }

  /// Finds insights in counts.
  ///
  /// - Parameters:
  ///   - history: what was counted.
  ///   - coverage: what was read for it.
  ///   - observe: told each day of each series that was scored.
  ///   - learn: told what the series show of the spread that they share.
  /// - Returns: the insights and what was covered.
  public func detect(
    history: CountHistory, coverage: Coverage, observe: DetectionRun.DayObserver? = nil,
    learn: (SpreadEvidence) -> Void = { _ in }
  ) -> Findings {
    var coverage = coverage
    var run = DetectionRun(history: history, options: options)
    run.observe = observe
    let (insights, gaps) = run.run()
    learn(run.spreadEvidence)
    coverage.gaps = gaps
    return Findings(
      insights: insights, coverage: coverage, alertsPerWeek: options.alertsPerWeek)
  }
}
