// SPDX-License-Identifier: Apache-2.0

/// An API that a trail records.
struct CatalogEntry: Sendable {
  let source: String
  let name: String
  let isReadOnly: Bool
  let isData: Bool
  let errorCodes: [String]
}

/// The APIs that synthetic trails are made of: real names, in real services.
enum Catalog {
  /// APIs whose calls are analysed.
  static let calls = writes + dataEvents
  static let writes = entries(writeNames, isReadOnly: false)
  static let reads = entries(readNames, isReadOnly: true)

  private static let dataEvents =
    entries(
      ["s3": "PutObject DeleteObject", "lambda": "Invoke", "dynamodb": "PutItem UpdateItem"],
      isReadOnly: false, isData: true)
    + entries(
      ["s3": "GetObject HeadObject", "dynamodb": "GetItem Query"],
      isReadOnly: true, isData: true)

  private static func entries(
    _ names: KeyValuePairs<String, String>, isReadOnly: Bool, isData: Bool = false
  ) -> [CatalogEntry] {
    names.flatMap { service, names in
      names.split(whereSeparator: \.isWhitespace).map {
        CatalogEntry(
          source: service + ".amazonaws.com", name: String($0), isReadOnly: isReadOnly,
          isData: isData, errorCodes: errorCodes(service, isReadOnly: isReadOnly))
      }
    }
  }

  private static func errorCodes(_ service: String, isReadOnly: Bool) -> [String] {
    switch service {
    case "ec2":
      [
        "Client.UnauthorizedOperation", "Client.RequestLimitExceeded",
        isReadOnly ? "Client.InvalidInstanceID.NotFound" : "Client.DryRunOperation",
      ]
    case "s3": ["AccessDenied", "NoSuchBucketPolicy", "NoSuchTagSet"]
    case "iam": ["AccessDenied", "NoSuchEntityException", "Throttling"]
    case "dynamodb":
      ["AccessDenied", "ProvisionedThroughputExceededException", "ResourceNotFoundException"]
    default: ["AccessDeniedException", "ThrottlingException", "ResourceNotFoundException"]
    }
  }

  private static let writeNames: KeyValuePairs = [
    "ec2":
      """
    RunInstances TerminateInstances StartInstances StopInstances CreateTags DeleteTags
    CreateSnapshot DeleteSnapshot CreateVolume DeleteVolume AttachVolume DetachVolume
    CreateNetworkInterface DeleteNetworkInterface AuthorizeSecurityGroupIngress
    RevokeSecurityGroupIngress CreateSecurityGroup ModifyInstanceAttribute AssociateAddress
    CreateImage DeregisterImage CreateLaunchTemplateVersion
    """,
    "autoscaling":
      """
    UpdateAutoScalingGroup CompleteLifecycleAction SetDesiredCapacity
    TerminateInstanceInAutoScalingGroup
    """,
    "elasticloadbalancing": "RegisterTargets DeregisterTargets ModifyTargetGroup ModifyListener",
    "s3": "CreateBucket PutBucketPolicy PutBucketTagging PutBucketLifecycle DeleteBucket",
    "iam":
      """
    CreateRole AttachRolePolicy PutRolePolicy CreateAccessKey DeleteAccessKey
    CreatePolicyVersion PassRole UpdateAssumeRolePolicy
    """,
    "sts": "AssumeRole AssumeRoleWithWebIdentity",
    "kms": "CreateGrant RetireGrant ScheduleKeyDeletion EnableKeyRotation",
    "lambda":
      """
    UpdateFunctionCode20150331v2 UpdateFunctionConfiguration20150331v2
    PublishVersion20150331 CreateFunction20150331 DeleteFunction20150331
    """,
    "logs": "CreateLogStream CreateLogGroup PutRetentionPolicy DeleteLogGroup StartQuery",
    "ecs": "RunTask UpdateService RegisterTaskDefinition StopTask SubmitTaskStateChange",
    "ecr": "PutImage InitiateLayerUpload CompleteLayerUpload BatchDeleteImage",
    "eks": "UpdateNodegroupConfig CreateNodegroup TagResource",
    "rds": "CreateDBSnapshot DeleteDBSnapshot ModifyDBInstance RebootDBInstance",
    "dynamodb": "UpdateTable CreateBackup DeleteBackup UpdateTimeToLive",
    "cloudformation": "CreateChangeSet ExecuteChangeSet UpdateStack DeleteChangeSet SignalResource",
    "ssm":
      "PutParameter SendCommand StartSession UpdateInstanceInformation StartAutomationExecution",
    "secretsmanager": "PutSecretValue RotateSecret UpdateSecret CreateSecret",
    "sqs": "CreateQueue SetQueueAttributes DeleteQueue PurgeQueue",
    "sns": "Subscribe Unsubscribe CreateTopic SetTopicAttributes",
    "cloudfront": "CreateInvalidation UpdateDistribution",
    "route53": "ChangeResourceRecordSets ChangeTagsForResource",
    "monitoring": "PutMetricAlarm DeleteAlarms PutDashboard SetAlarmState",
    "events": "PutRule PutTargets RemoveTargets DeleteRule",
    "states": "StartExecution UpdateStateMachine StopExecution",
    "glue": "StartJobRun CreatePartition UpdateTable BatchCreatePartition StartCrawler",
    "athena": "StartQueryExecution StopQueryExecution CreateNamedQuery",
    "sagemaker": "CreateTrainingJob CreateProcessingJob CreateEndpoint UpdateEndpoint",
    "elasticmapreduce": "RunJobFlow AddJobFlowSteps TerminateJobFlows",
    "codebuild": "StartBuild StopBuild UpdateProject",
    "codepipeline": "StartPipelineExecution PutJobSuccessResult PutApprovalResult",
    "batch": "SubmitJob TerminateJob RegisterJobDefinition",
    "backup": "StartBackupJob StartCopyJob",
    "kinesis": "UpdateShardCount RegisterStreamConsumer",
    "signin": "ConsoleLogin",
  ]

  private static let readNames: KeyValuePairs = [
    "ec2":
      """
    DescribeInstances DescribeVolumes DescribeSecurityGroups DescribeSnapshots
    DescribeNetworkInterfaces DescribeImages DescribeTags DescribeSubnets DescribeRegions
    """,
    "s3": "GetBucketLocation ListBuckets GetBucketPolicy GetBucketTagging GetBucketAcl",
    "iam": "GetRole ListRoles GetPolicyVersion ListAttachedRolePolicies GetUser ListAccessKeys",
    "sts": "GetCallerIdentity",
    "kms": "Decrypt DescribeKey ListAliases GetKeyPolicy",
    "lambda": "GetFunction20150331v2 ListFunctions20150331 GetFunctionConfiguration20150331v2",
    "logs": "DescribeLogGroups DescribeLogStreams GetQueryResults",
    "ecs": "DescribeServices DescribeTasks ListTasks DescribeTaskDefinition",
    "ecr": "BatchGetImage GetAuthorizationToken DescribeImages",
    "rds": "DescribeDBInstances DescribeDBSnapshots",
    "dynamodb": "DescribeTable ListTables",
    "cloudformation": "DescribeStacks DescribeStackEvents GetTemplate",
    "ssm": "GetParameter GetParameters DescribeInstanceInformation ListCommandInvocations",
    "secretsmanager": "GetSecretValue DescribeSecret",
    "monitoring": "DescribeAlarms",
    "autoscaling": "DescribeAutoScalingGroups DescribeScalingActivities",
    "elasticloadbalancing": "DescribeTargetHealth DescribeLoadBalancers",
    "glue": "GetTable GetPartitions GetJobRun",
    "athena": "GetQueryExecution GetQueryResults",
    "eks": "DescribeCluster ListNodegroups",
    "states": "DescribeExecution",
    "cloudtrail": "LookupEvents DescribeTrails",
  ]
}
