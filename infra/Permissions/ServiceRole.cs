using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;
using Waybill.Infra.Deployment;

namespace Waybill.Infra.Permissions;

/// <summary>A role that ECS tasks of this account take on, with exactly the permissions listed.</summary>
internal static class ServiceRole
{
    /// <param name="name">Null: CloudFormation chooses one.</param>
    /// <returns>The role, closed to what the library would add to it.</returns>
    public static IRole Create(Construct scope, string id, FixedNames names, string description, string? name, IReadOnlyList<Permission> permissions)
    {
        var role = new Role(scope, id, new RoleProps
        {
            RoleName = name,
            Description = description,
            AssumedBy = new ServicePrincipal("ecs-tasks.amazonaws.com", new ServicePrincipalOpts { Conditions = OfThisAccount(names) }),

            // Inline, so that there is no moment at which tasks start with a role that may do nothing yet.
            InlinePolicies = new Dictionary<string, PolicyDocument> { ["permissions"] = Document(permissions) },
        });

        var reasons = permissions.Where(permission => permission.AnyResourceBecause is not null);
        AnyResource.Explain((CfnResource)role.Node.DefaultChild!, reasons.ToDictionary(permission => permission.Sid, permission => permission.AnyResourceBecause!));

        return role.WithoutPolicyUpdates();
    }

    private static PolicyDocument Document(IReadOnlyList<Permission> permissions) =>
        new(new PolicyDocumentProps { Statements = [.. permissions.Select(permission => permission.ToStatement())] });

    /// <summary>ECS takes the role on for tasks of this account alone, whatever else somebody tells it to do.</summary>
    private static Dictionary<string, object> OfThisAccount(FixedNames names) => new()
    {
        ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = names.Settings.Account },
        ["ArnLike"] = new Dictionary<string, object> { ["aws:SourceArn"] = names.AnyCluster },
    };
}
