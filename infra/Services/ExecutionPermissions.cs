using Waybill.Infra.Deployment;
using Waybill.Infra.Permissions;
using Waybill.Infra.Registry;

namespace Waybill.Infra.Services;

/// <summary>What ECS does to start a task: pull its two images, read its secrets, write what it prints.</summary>
internal static class ExecutionPermissions
{
    public static IReadOnlyList<Permission> Of(FixedNames names, ServiceSpec spec, string keyArn)
    {
        string[] repositories = [names.Repository(Repositories.Of(spec.Name)), names.Repository(Repositories.Collector)];
        string[] secrets = [.. spec.Secrets.Values.Select(field => field.Secret.SecretArn).Distinct()];

        return
        [
            Permission.OnAnything("LogInToRegistry", "The action has no resource.", "ecr:GetAuthorizationToken"),
            new("PullImages", ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], repositories),
            new("WriteConsole", ["logs:CreateLogStream", "logs:PutLogEvents"], [$"{names.LogGroup(FixedNames.LogGroupName(spec.Name))}:*"]),
            new("ReadSecrets", ["secretsmanager:GetSecretValue"], secrets),
            new("DecryptSecrets", ["kms:Decrypt"], [keyArn]) { ViaService = $"secretsmanager.{names.Settings.Region}.amazonaws.com" },
        ];
    }
}
