using System.Net;
using Waybill.LocalAws;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Problems;

/// <summary>With emulators of its own, as it takes the table away.</summary>
public sealed class TableTroubleTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Without_the_table_answers_are_503_and_nothing_is_written_and_it_heals_by_itself()
    {
        await using var backends = await LocalBackends.StartAsync();
        await new Provisioner(backends.DynamoDbClient, backends.SqsClient).ProvisionAsync();
        await using var status = await StatusServiceHost.StartAsync(backends);
        using var http = status.CreatePublicClient(TestKeys.Operator);
        var request = Submissions.New();

        await backends.DynamoDb.StopAsync();
        var trouble = await Assert.ThrowsAsync<StatusUnavailableException>(() => status.Client.AcceptAsync(request, None));
        using var read = await http.GetAsync($"/v1/notifications/{request.Id}");

        Assert.True(trouble.NothingWritten, trouble.Message);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, read.StatusCode);
        Assert.NotNull(read.Headers.RetryAfter?.Delta);

        await backends.DynamoDb.StartAsync();
        await new Provisioner(backends.DynamoDbClient, backends.SqsClient).ProvisionAsync();

        Assert.Null(await status.Client.GetAsync(request.Id, None));
        Assert.True((await status.Client.AcceptAsync(request, None)).Applied);
    }

    [Theory]
    [InlineData("Table__Name", "no spaces", "Table:Name")]
    [InlineData("Table__RetentionDays", "0", "RetentionDays")]
    [InlineData("InternalApi__Port", "70000", "Port")]
    [InlineData("ApiKeys__Keys__0__Sha256", "plain-text", "Sha256")]
    public async Task A_setting_out_of_range_is_named_at_the_start(string setting, string value, string named)
    {
        var environment = new Dictionary<string, string>(TestKeys.Configuration)
        {
            ["AWS_REGION"] = LocalBackends.Region,
            [setting] = value,
        };

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => ServiceProcess.StartAsync("StatusService", environment));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }
}
