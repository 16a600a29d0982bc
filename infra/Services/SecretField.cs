using Amazon.CDK.AWS.SecretsManager;

namespace Waybill.Infra.Services;

/// <summary>One JSON field of a secret, which ECS puts into one environment variable.</summary>
internal sealed record SecretField(ISecret Secret, string Field);
