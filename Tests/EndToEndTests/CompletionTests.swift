// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Completions and the manual page, read by those who they are for.
@Suite struct CompletionTests {
  /// What is typed before the tab key, and the words that are offered, sorted.
  static let lines = [
    ("ex", "explain export"), ("detect --sup", "--suppress"), ("detect --color a", "always auto"),
    ("completions ", "bash fish zsh"), ("explain --suppress-", "--suppress-like-this"),
    ("detect --csv a", "a.csv"), ("detect a", "a.csv"),
  ]

  @Test(arguments: lines)
  func `bash completes`(typed: String, words: String) throws {
    let run = try completed(
      """
      $TOOL completions bash > c && source ./c && compopt() { :; }
      COMP_WORDS=(trail-insights \(typed)\(typed.hasSuffix(" ") ? "''" : ""))
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      _trail_insights; printf '%s\\n' "${COMPREPLY[@]}" | sort
      """)
    #expect(run == words)
  }

  @Test func `bash completes what is typed at its prompt`() throws {
    let folder = try TemporaryFolder()
    try folder.write([], to: "a.csv")
    try folder.write(
      Array(
        """
        source ./c
        trail-insights() { printf '<%s>' "$@"; }
        trail-insights det\t--suppr\tx --color=al\ta\t
        exit

        """.utf8), to: "typed")
    let run = try Tool.shell(
      "$TOOL completions bash > c && script -qec 'bash --norc --noprofile -i' /dev/null < typed",
      in: folder)
    #expect(run.out.contains("<detect><--suppress><x><--color=always><a.csv>"), "\(run.out)")
  }

  @Test(.enabled(if: isInstalled("zsh"), "no zsh"), arguments: lines)
  func `zsh completes`(typed: String, words: String) throws {
    let driver = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Shells/complete.zsh").path
    let run = try completed(
      """
      mkdir functions && $TOOL completions zsh > functions/_trail-insights
      zsh -f '\(driver)' "$PWD/functions" 'trail-insights \(typed)'
      """)
    #expect(run == words)
  }

  @Test(.enabled(if: isInstalled("fish"), "no fish"), arguments: lines)
  func `fish completes`(typed: String, words: String) throws {
    let run = try completed(
      """
      export HOME=$PWD/home; mkdir home; $TOOL completions fish > c
      fish --no-config -c "source c; complete -C 'trail-insights \(typed)'" | cut -f 1 | sort
      """)
    #expect(run == words)
  }

  /// What a script offers in a folder that holds `a.csv`, in one line.
  private func completed(_ script: String) throws -> String {
    let folder = try TemporaryFolder()
    try folder.write([], to: "a.csv")
    let run = try Tool.shell(script, in: folder)
    #expect(run.err.isEmpty, "\(run.err)")
    return run.out.split(separator: "\n").joined(separator: " ")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `every command and option is there`(shell: String) throws {
    let script = try Tool.run(["completions", shell]).out
    for command in ["detect", "explain", "export", "count", "generate", "evaluate"] {
      let help = try Tool.run([command, "--help"]).out
      for option in help.matches(of: #/\n  --([a-z-]+)/#) {
        let name = String(option.1)
        let spelling = shell == "fish" ? "-l \(name)" : "--\(name)"
        #expect(script.contains(spelling), "\(command) \(name)")
      }
    }
  }

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/groff"), "no groff"))
  func `the manual page is roff without warnings`() throws {
    let run = try Tool.shell("$TOOL man | groff -man -ww -Tutf8 -P-cbou")
    #expect(run.status == 0)
    #expect(run.err.isEmpty)
    #expect(run.out.contains("EXIT STATUS"))
    #expect(run.out.contains("--suppress-like-this"))
    #expect(run.out.contains("With --counts no log files are written"))
  }

  @Test func `an installation has all of it`() throws {
    let folder = try TemporaryFolder()
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Scripts/install-words").path
    let run = try Tool.shell("'\(script)' $TOOL share && find share -type f | sort", in: folder)
    #expect(
      run.out == """
        share/bash-completion/completions/trail-insights
        share/fish/vendor_completions.d/trail-insights.fish
        share/man/man1/trail-insights.1
        share/zsh/site-functions/_trail-insights

        """)
  }
}

private func isInstalled(_ shell: String) -> Bool {
  FileManager.default.isExecutableFile(atPath: "/usr/bin/" + shell)
}
