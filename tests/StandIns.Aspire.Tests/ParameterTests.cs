using StandIns.Aspire.Tests.Support;

namespace StandIns.Aspire.Tests;

public sealed class ParameterTests
{
    [Theory]
    [InlineData("--Parameters:the-region=eu-west-1")]
    [InlineData("--Parameters:the_region=eu-west-1")]
    public async Task Value_comes_from_configuration(string argument)
    {
        var builder = DistributedApplication.CreateBuilder([argument]);

        var region = builder.AddParameter("the-region");

        Assert.Equal("eu-west-1", await region.Resource.GetValueAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Fixed_value_is_not_overridden_by_configuration()
    {
        var builder = DistributedApplication.CreateBuilder(["--Parameters:region=from-configuration"]);

        var region = builder.AddParameter("region", "fixed");

        Assert.Equal("fixed", await region.Resource.GetValueAsync(CancellationToken.None));
    }

    [Fact]
    public void Secret_cannot_be_published_as_default()
    {
        var builder = DistributedApplication.CreateBuilder([]);

        Assert.Throws<ArgumentException>(() => builder.AddParameter("key", "value", publishValueAsDefault: true, secret: true));
    }

    [Fact]
    public async Task Missing_value_fails_those_who_need_it_and_nobody_else()
    {
        await using var app = await TestApp.StartAsync(builder =>
        {
            var region = builder.AddParameter("the-region");
            builder.AddServer("needy").WithEnvironment("REGION", region);
            builder.AddServer("other");
        });

        await app.HealthyAsync("other");
        await app.StateAsync("needy", "FailedToStart");
        var region = await app.StateAsync("the-region", "ValueMissing");

        Assert.Equal("error", region.Snapshot.State?.Style);
        Assert.Contains("Parameters__the_region", app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_is_marked_for_the_dashboard()
    {
        await using var app = await TestApp.StartAsync(builder => builder.AddParameter("key", "s3cr3t", secret: true));

        var key = await app.StateAsync("key", "Running");

        Assert.True(key.Snapshot.Properties.Single(property => property.Name == "Value").IsSensitive);
    }

    [Theory]
    [InlineData("1st")]
    [InlineData("a--b")]
    [InlineData("a_b")]
    [InlineData("a-")]
    [InlineData("")]
    public void Name_that_the_original_refuses_is_refused(string name)
    {
        var builder = DistributedApplication.CreateBuilder([]);

        Assert.Throws<DistributedApplicationException>(() => builder.AddParameter(name, "value"));
    }

    [Fact]
    public void Name_is_taken_once()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        builder.AddParameter("region", "value");

        Assert.Throws<DistributedApplicationException>(() => builder.AddParameter("Region", "value"));
    }
}
