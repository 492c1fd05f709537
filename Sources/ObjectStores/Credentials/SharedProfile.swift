// SPDX-License-Identifier: Apache-2.0

/// One profile, gathered from the shared credentials file and the shared config file.
struct SharedProfile: Hashable, Sendable {
  let name: String
  /// Its section in the credentials file.
  let credentials: [String: String]
  /// Its section in the config file.
  let configuration: [String: String]

  /// Reads the files; `nil` where neither knows the profile.
  init?(named name: String, environment: S3Environment) {
    let stored = Self.file(
      "AWS_SHARED_CREDENTIALS_FILE", orInHome: ".aws/credentials", environment)
    let configured = Self.file("AWS_CONFIG_FILE", orInHome: ".aws/config", environment)
    let credentials = stored?.sections[name]
    let configuration = configured?.configuration(ofProfile: name)
    guard credentials != nil || configuration != nil else { return nil }
    self.name = name
    self.credentials = credentials ?? [:]
    self.configuration = configuration ?? [:]
  }

  /// A setting, wherever it stands; the credentials file goes first.
  subscript(setting: String) -> String? {
    [credentials[setting], configuration[setting]].compactMap { $0 }.first { !$0.isEmpty }
  }

  /// The profile's name for messages.
  var place: String { "profile " + name }

  func failure(_ message: String) -> S3Failure { S3Failure(place: place, message: message) }

  private static func file(
    _ variable: String, orInHome path: String, _ environment: S3Environment
  ) -> ProfileFile? {
    let named = environment.value(variable).map { name in
      name.utf8.starts(with: "~/".utf8) ? environment.homeFolder + String(name.dropFirst()) : name
    }
    return TextFile.read(named ?? environment.homeFolder + "/" + path).map(ProfileFile.init)
  }
}
