// SPDX-License-Identifier: Apache-2.0
import Testing

/// A kill at any instant loses nothing and repeats nothing.
@Suite struct KillTests {
  /// `kill_some_time PID` kills within the time of a usual run; seeded, so that a failure comes again.
  private static func chance(seed: Int) -> String {
    """
    RANDOM=\(seed)
    now() { echo $((${EPOCHREALTIME/./} / 1000)); }
    nap() { sleep $(($1 / 1000)).$(printf %03d $(($1 % 1000))); }
    kill_some_time() { nap $((RANDOM % usual)); kill -9 $1 || true; wait $1 || true; }
    """
  }

  /// What a killed run was given is given again: whether it was saved nobody knows.
  @Test(arguments: [1]) func `a stream, killed 25 times`(seed: Int) throws {
    let trail = try ArrivingTrail.shared.get()
    let folder = try trail.check(
      """
      \(Self.chance(seed: seed))
      stream() { $TOOL stream $options --idle 0 --state k.db --json told; }
      part() { tail -n +$(($1 > 500 ? $1 - 500 : 1)) arrivals | head -n $(($2 - $1 + 501)); }
      mkfifo pipe
      lines=\(trail.lineCount); saved=1; before=$(now)
      part 1 $((lines / 30)) | stream; usual=$(($(now) - before))
      for n in $(seq 25); do
        end=$((lines * (n + 1) / 26))
        "$TOOL" stream $options --idle 0 --state k.db --json told < pipe & stream=$!
        exec 3> pipe
        (part $saved $end >&3 || true) 2> errors & feed=$!
        kill_some_time $stream 2> errors
        exec 3>&-; wait $feed || true
        if ((n % 5 == 0)); then part $saved $end | stream; saved=$end; fi
      done
      part $saved $lines | stream
      $TOOL report $options --state k.db --csv - | cmp - whole.csv
      """)
    try ToldRecords(try folder.text("told")).check(against: trail.csv)
  }

  @Test(arguments: [2]) func `nightly runs, killed 25 times`(seed: Int) throws {
    _ = try ArrivingTrail.shared.get().check(
      """
      \(Self.chance(seed: seed))
      mkdir night; usual=200
      days=$(find -L trail/AWSLogs -name '*.gz' | grep -oE '[0-9]{4}/[0-9]{2}/[0-9]{2}/' | sort -u)
      for day in $days; do
        find -L trail/AWSLogs -path "*/$day*" -exec cp --parents -t night {} +
        for n in 1 2 3; do
          "$TOOL" detect night $options --state k.db > killed & kill_some_time $! 2> errors
        done
        before=$(now)
        $TOOL detect night $options --state k.db --csv k.csv
        usual=$(($(now) - before + 1))
      done
      cmp k.csv whole.csv
      """)
  }
}
