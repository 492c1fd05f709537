// SPDX-License-Identifier: Apache-2.0

/// Returns an identity as short as a person needs it: `role/Deploy`, `user/alice`, `root`.
///
/// The account is told only where it is not the one whose activity it is:
/// `role/Deploy @999988887777`. What is no IAM or STS ARN, such as `ec2.amazonaws.com`, stays as
/// it is.
///
///     identityText("arn:aws:sts::111122223333:assumed-role/Deploy", inAccount: "111122223333")
///     // role/Deploy
public func identityText(_ identity: String, inAccount account: String) -> String {
  let parts = identity.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
  guard parts.count == 6, parts[0] == "arn", parts[2] == "iam" || parts[2] == "sts" else {
    return identity
  }
  let owner = String(parts[4])
  let name = resourceName(String(parts[5]))
  return owner.isEmpty || owner == account ? name : name + " @" + owner
}

/// Returns the kind and the name of an ARN's resource, without path and session.
private func resourceName(_ resource: String) -> String {
  let parts = resource.split(separator: "/")
  guard let kind = parts.first, parts.count > 1 else { return resource }
  switch kind {
  case "assumed-role": return "role/" + parts[1]
  case "role", "user": return kind + "/" + parts[parts.count - 1]
  default: return resource
  }
}
