// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// What to look at next, by the family of the API that was called.
///
/// A family is told by service and verb, first match first; the last one takes all.
public enum NextSteps {
  private struct Family {
    let services: Set<String>
    /// How the call's name begins; empty for any.
    let verbs: [String]
    let steps: [String]
  }

  /// Returns two to four steps for a series, whether more or fewer events came than expected.
  public static func steps(for series: SeriesKey, _ direction: Direction = .above) -> [String] {
    guard direction == .above else { return dropSteps }
    let errors = series.insightType == .apiErrorRate ? errorSteps(series.errorCode) : []
    let service = series.eventSource.split(separator: ".").first.map(String.init) ?? ""
    let family = families.first { family in
      (family.services.isEmpty || family.services.contains(service))
        && (family.verbs.isEmpty || family.verbs.contains { series.eventName.hasPrefix($0) })
    }
    return errors + (family?.steps ?? [])
  }

  private static func errorSteps(_ code: String) -> [String] {
    let code = code.lowercased()
    if ["denied", "unauthorized", "forbidden", "authfailure"].contains(where: code.contains) {
      return [
        "Was a policy, role or key changed shortly before? Then the caller lost a permission.",
        "If one caller is refused on many different calls, someone may be trying out what a "
          + "stolen credential can do: check where it calls from.",
      ]
    }
    if ["throttl", "exceed", "toomany", "slowdown", "limit"].contains(where: code.contains) {
      return [
        "Find the caller's retry loop: without growing pauses it feeds itself.",
        "Compare the rate with the service's quota, and ask for more only if the rate is wanted.",
      ]
    }
    return ["Open one of the evidence events: errorMessage says what the service refused."]
  }

  private static let dropSteps = [
    "Who called before and no longer does? Its credentials or permissions may be gone.",
    "Was a job, a pipeline or a whole service stopped at this time, and on purpose?",
    "Do the trail's other files of these minutes lie where they should?",
  ]

  private static let families = [
    Family(
      services: ["cloudtrail", "config", "guardduty", "securityhub", "logs", "access-analyzer"],
      verbs: ["Stop", "Delete", "Update", "Put", "Disable"],
      steps: [
        "Is every trail and detector still on? Whoever covers tracks begins here.",
        "Look at what else the caller did in the hour before and after.",
      ]),
    Family(
      services: ["iam", "organizations", "sso", "sso-directory", "identitystore"], verbs: [],
      steps: [
        "List the users, roles, policies and keys that were made or changed in these minutes.",
        "Does the caller usually administer identities, and was there a ticket or a deployment?",
        "If not: disable the keys that were made, and end the caller's sessions.",
      ]),
    Family(
      services: ["sts", "signin"], verbs: [],
      steps: [
        "Who assumed which role, from which address? Compare with the baseline's callers.",
        "Follow the sessions that began here: what did they call next?",
      ]),
    Family(
      services: ["kms", "secretsmanager", "ssm"], verbs: [],
      steps: [
        "Which keys, secrets or parameters were touched? requestParameters names them.",
        "Secrets that an unknown caller has read must be changed.",
      ]),
    Family(
      services: [], verbs: ["Delete", "Terminate", "Purge", "Remove", "Deregister", "Detach"],
      steps: [
        "List what is gone, and whether backups or snapshots of it are whole.",
        "Was it a clean-up job or a stack that was torn down? The user agent often tells.",
      ]),
    Family(
      services: ["s3", "s3express", "dynamodb", "rds", "rds-data", "redshift-data"], verbs: [],
      steps: [
        "Which buckets or tables, and how much left them? Compare bytes with the days before.",
        "Is the address inside your networks, and does the caller usually read these data?",
      ]),
    Family(
      services: ["ec2", "autoscaling", "ecs", "eks", "lambda", "batch", "elasticmapreduce"],
      verbs: ["Run", "Create", "Start", "Invoke", "Submit", "Request"],
      steps: [
        "What was started, of which size, in which Region, and is it still running?",
        "Machines nobody ordered, above all large ones or ones with GPUs, may be mining.",
        "Is an autoscaling group or a pipeline behind it? Then ask why it scaled.",
      ]),
    Family(
      services: ["ec2", "elasticloadbalancing", "route53", "vpc-lattice"], verbs: [],
      steps: [
        "What is open to the world now that was not before: security groups, routes, images?",
        "Did a deployment run at this time, and by this caller?",
      ]),
    Family(
      services: [], verbs: [],
      steps: [
        "Open the evidence events: requestParameters and responseElements say what was done.",
        "Is the caller's agent or address new beside the baseline's? Then ask its owner first.",
        "Did a deployment or a schedule begin at this time?",
      ]),
  ]
}
