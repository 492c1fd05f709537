// SPDX-License-Identifier: Apache-2.0
import Testing

/// At once, night after night or as a stream: the same events give the same report.
@Suite struct StreamLawTests {
  private static let nights = """
    days() { find -L trail/AWSLogs -name '*.gz' | grep -oE '[0-9]{4}/[0-9]{2}/[0-9]{2}/' | sort -u; }
    bring() { find -L trail/AWSLogs -path "*/$1*" -exec cp --parents -t night {} +; }
    mkdir night
    """

  @Test func `a batch from standard input`() throws {
    let script = "$TOOL detect - $options --csv - < arrivals | cmp - whole.csv"
    _ = try ArrivingTrail.shared.get().check(script)
  }

  @Test func `a run a night`() throws {
    let script = """
      \(Self.nights)
      for day in $(days); do
        bring $day; $TOOL detect night $options --state n.db --csv n.csv
        $TOOL report $options --state n.db --csv - | cmp - n.csv
      done
      cmp n.csv whole.csv
      $TOOL detect night $options --state n.db --csv - | cmp - whole.csv
      """
    _ = try ArrivingTrail.shared.get().check(script)
  }

  @Test func `a stream without a state tells each insight once`() throws {
    let trail = try ArrivingTrail.shared.get()
    let folder = try trail.check("$TOOL stream $options --idle 0 --json told < arrivals")
    try ToldRecords(try folder.text("told")).check(against: trail.csv)
  }

  @Test func `a stream that keeps a state`() throws {
    let trail = try ArrivingTrail.shared.get()
    let folder = try trail.check(
      """
      $TOOL stream $options --idle 0 --state s.db --json told < arrivals
      $TOOL report $options --state s.db --csv - | cmp - whole.csv
      """)
    try ToldRecords(try folder.text("told")).check(against: trail.csv)
  }

  /// Each run but the first is given 600 lines again; each other run ends by a signal, and what it
  /// may not have read the next one is given.
  @Test func `streams one after another, some stopped by a signal, fed with overlap`() throws {
    let trail = try ArrivingTrail.shared.get()
    let folder = try trail.check(
      """
      stream() {
        rm -f metrics
        exec $TOOL stream $options --idle 0 --state s.db --json told --metrics metrics
      }
      part() { tail -n +$(($1 > 600 ? $1 - 600 : 1)) arrivals | head -n $(($2 - $1 + 601)); }
      mkfifo pipe
      lines=\(trail.lineCount); saved=1
      for n in 1 2 3 4 5 6; do
        end=$((lines * n / 6))
        if ((n % 2)); then
          stream < pipe & stream=$!
          exec 3> pipe; part $saved $end >&3
          until [ -e metrics ]; do sleep 0.1; done
          sleep 0.$n; kill -TERM $stream; wait $stream; exec 3>&-
        else
          part $saved $end | stream; saved=$end
        fi
      done
      $TOOL report $options --state s.db --csv - | cmp - whole.csv
      """)
    try ToldRecords(try folder.text("told")).check(against: trail.csv)
  }

  @Test func `nights and streams on one state take turns`() throws {
    _ = try ArrivingTrail.shared.get().check(
      """
      \(Self.nights)
      for day in $(days | head -n 5); do bring $day; done
      $TOOL detect night $options --state m.db > night.txt
      $TOOL stream $options --idle 0 --state m.db --json told < arrivals
      $TOOL report $options --state m.db --csv - | cmp - whole.csv
      """)
  }
}
