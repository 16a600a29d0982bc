using Waybill.Infra.Tests.Support;

namespace Waybill.Infra.Tests.Data;

/// <summary>
/// Rules out that a table of release 0.1 cannot get the indexes of this one: CloudFormation makes one index of a table that there is in one
/// deployment, and refuses two. docs/deploy.md has the steps.
/// </summary>
[Collection(DeployedCollection.Name)]
public sealed class IndexStepsTests(DeployedFixture deployed)
{
    private static readonly string[] KeysOfRelease01 = ["pk", "sk", "dueShard", "dueAt", "createdShard", "createdAt"];

    [Fact]
    public void The_first_step_is_the_table_as_release_0_1_has_it()
    {
        var table = Table(Deployed.With(("tableIndexes", "2")));

        Assert.Equal(["due", "recent"], Indexes(table));
        Assert.Equal(KeysOfRelease01, Attributes(table));
    }

    [Fact]
    public void Each_step_adds_one_index_and_its_keys()
    {
        var three = Table(Deployed.With(("tableIndexes", "3")));
        var four = Table(Deployed.With(("tableIndexes", "4")));
        var all = Table(deployed.Waybill);

        Assert.Equal(["due", "recent", "failed"], Indexes(three));
        Assert.Equal([.. KeysOfRelease01, "failedShard", "failedAt"], Attributes(three));
        Assert.Equal(["due", "recent", "failed", "correlation"], Indexes(four));
        Assert.Equal([.. KeysOfRelease01, "failedShard", "failedAt", "correlation"], Attributes(four));
        Assert.Equal(["due", "recent", "failed", "correlation", "endpoint"], Indexes(all));
        Assert.Equal([.. KeysOfRelease01, "failedShard", "failedAt", "correlation", "endpoint"], Attributes(all));
    }

    [Fact]
    public void Nothing_else_of_the_table_differs_between_two_steps_but_what_names_its_indexes()
    {
        var four = Table(Deployed.With(("tableIndexes", "4"))).Properties;
        var all = Table(deployed.Waybill).Properties;

        var differ = all.Where(property => property.Value!.ToJsonString() != four[property.Key]!.ToJsonString()).Select(property => property.Key);
        Assert.Equal(["AttributeDefinitions", "GlobalSecondaryIndexes", "ResourcePolicy"], differ.Order());
    }

    private static Resource Table(Deployed stacks) => Assert.Single(stacks.OfType("AWS::DynamoDB::Table"));

    private static IEnumerable<string> Indexes(Resource table) => table["GlobalSecondaryIndexes"]!.AsArray().Select(index => (string)index!["IndexName"]!);

    private static IEnumerable<string> Attributes(Resource table) => table["AttributeDefinitions"]!.AsArray().Select(attribute => (string)attribute!["AttributeName"]!);
}
