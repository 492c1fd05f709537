// SPDX-License-Identifier: Apache-2.0

/// Someone who makes calls in an account.
struct Caller: Sendable {
  enum Kind: Sendable {
    case role, user, root, service
  }

  let kind: Kind
  let accountID: String
  /// Role, user or service principal.
  let name: String
  let principalID: String
  let accessKeyID: String
  let sourceIPAddress: String
  let userAgent: String

  /// The ARN as reports give it, without a session name; `nil` for a service.
  var arn: String? {
    switch kind {
    case .role: "arn:aws:sts::\(accountID):assumed-role/\(name)"
    case .user: "arn:aws:iam::\(accountID):user/\(name)"
    case .root: "arn:aws:iam::\(accountID):root"
    case .service: nil
    }
  }
}

/// The callers of an account, the same in every run of a seed.
func makeCallers(accountID: String, _ random: inout SeededGenerator) -> [Caller] {
  var kinds: [(Caller.Kind, String)] = roleNames.map { (.role, $0) }
  kinds += userNames.map { (.user, $0) }
  kinds += serviceNames.map { (.service, $0 + ".amazonaws.com") }
  kinds.append((.root, "root"))
  return kinds.map { kind, name in
    Caller(
      kind: kind, accountID: accountID, name: name,
      principalID: (kind == .role ? "AROA" : "AIDA") + random.text(17, of: upperAndDigits),
      accessKeyID: (kind == .role ? "ASIA" : "AKIA") + random.text(16, of: upperAndDigits),
      sourceIPAddress: kind == .service ? name : random.ipAddress(),
      userAgent: kind == .service ? name : random.element(of: userAgents))
  }
}

extension SeededGenerator {
  mutating func text(_ count: Int, of alphabet: [UInt8]) -> String {
    String(decoding: (0..<count).map { _ in element(of: alphabet) }, as: UTF8.self)
  }

  fileprivate mutating func ipAddress() -> String {
    // The blocks of RFC 5737 and of RFC 1918: nobody's.
    let block = element(of: ["203.0.113.", "198.51.100.", "192.0.2.", "10.20.\(integer(0, 63))."])
    return block + String(integer(1, 254))
  }
}

let upperAndDigits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
let lettersAndDigits = Array(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

private let roleNames = [
  "Admin", "DeployPipeline", "BatchWorker", "EcsTaskRole", "NodeInstanceRole", "DataLake",
  "ReadOnlyAudit", "BackupOperator", "GitHubActions", "TerraformApply", "ImageBuilder",
  "OnCallEngineer", "EtlRunner", "ApiBackend",
]
private let userNames = ["alice", "bob", "ci-legacy", "terraform", "monitoring"]
private let serviceNames = ["autoscaling", "ecs", "cloudformation", "events"]
private let userAgents = [
  "Boto3/1.34.84 md/Botocore#1.34.84 ua/2.0 os/linux#5.10.213 md/arch#x86_64 lang/python#3.11.8",
  "aws-cli/2.15.38 Python/3.11.8 Linux/6.1.82-99.168.amzn2023.x86_64 exe/x86_64.amzn.2023",
  "aws-sdk-go-v2/1.26.1 os/linux lang/go#1.22.2 md/GOOS#linux md/GOARCH#arm64 api/ec2#1.156.0",
  "aws-sdk-java/2.25.35 Linux/5.10.214 OpenJDK_64-Bit_Server_VM/17.0.10+8-LTS Java/17.0.10",
  "APN/1.0 HashiCorp/1.0 Terraform/1.8.1 (+https://www.terraform.io) aws-sdk-go-v2/1.26.1",
  "Mozilla/5.0 (X11; Linux x86_64; rv:124.0) Gecko/20100101 Firefox/124.0",
  "console.amazonaws.com",
]
