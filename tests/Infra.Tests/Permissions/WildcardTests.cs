using Waybill.Infra.Permissions;
using Waybill.Infra.Tests.Support;

namespace Waybill.Infra.Tests.Permissions;

/// <summary>Rules out a permission that is wider than somebody thought it through.</summary>
[Collection(DeployedCollection.Name)]
public sealed class WildcardTests(DeployedFixture deployed)
{
    private IEnumerable<Statement> Allowing => deployed.Waybill.Resources.SelectMany(Statement.In).Where(statement => statement.Allows);

    [Fact]
    public void Whatever_names_any_resource_says_why()
    {
        var unexplained = Allowing.Where(statement => statement.Resources.Contains("*") && Reason(statement) is not { Length: > 10 });
        Assert.Empty(unexplained);
    }

    [Fact]
    public void Every_reason_belongs_to_a_statement_that_needs_it()
    {
        var explained = deployed.Waybill.Resources
            .SelectMany(resource => Reasons(resource)?.AsObject().Select(reason => $"{resource.Id} {reason.Key}") ?? []);

        var needed = Allowing.Where(statement => statement.Resources.Contains("*")).Select(statement => $"{statement.Resource.Id} {statement.Sid}");
        Assert.Equal(needed.Order(), explained.Order());
    }

    [Fact]
    public void No_role_is_given_actions_by_a_wildcard()
    {
        var wide = Allowing.Where(statement => statement.Resource.Type == "AWS::IAM::Role" && statement.Actions.Any(action => action.Contains('*', StringComparison.Ordinal)));
        Assert.Empty(wide);
    }

    [Fact]
    public void Every_key_that_a_role_may_use_it_may_use_through_a_service_alone()
    {
        var keys = Allowing.Where(statement => statement.Resource.Type == "AWS::IAM::Role" && statement.Actions.Any(action => action.StartsWith("kms:", StringComparison.Ordinal))).ToArray();

        Assert.NotEmpty(keys);
        Assert.All(keys, statement => Assert.Contains("kms:ViaService", statement.Condition, StringComparison.Ordinal));
    }

    private static string? Reason(Statement statement) => (string?)Reasons(statement.Resource)?[statement.Sid];

    private static System.Text.Json.Nodes.JsonNode? Reasons(Resource resource) => resource.Json["Metadata"]?[AnyResource.MetadataKey];
}
