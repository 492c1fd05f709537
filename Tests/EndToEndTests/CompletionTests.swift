// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Completions and the manual page, read by those who they are for.
@Suite struct CompletionTests {
  @Test(arguments: [
    ("ex", "explain export"), ("detect --sup", "--suppress"), ("detect --color a", "auto always"),
    ("completions ''", "bash zsh fish"), ("explain --suppress-", "--suppress-like-this"),
  ])
  func `bash completes`(typed: String, words: String) throws {
    let run = try Tool.shell(
      """
      $TOOL completions bash > c && source ./c && compopt() { :; }
      COMP_WORDS=(trail-insights \(typed)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      _trail_insights; echo "${COMPREPLY[*]}"
      """)
    #expect(run.out == words + "\n", "\(run.err)")
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
