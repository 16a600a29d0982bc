using Waybill.AppHost.Local;
using Waybill.Client;
using Waybill.EndToEnd.Tests.Application;
using Waybill.Notifications.Records;

namespace Waybill.EndToEnd.Tests.CommandLine;

/// <summary>Rules out that a machine which is busy for a moment makes a command, or the start, fail.</summary>
[Collection(WaybillCollection.Name)]
public sealed class BusyServiceTests(WaybillFixture fixture)
{
    [Fact]
    public async Task What_is_sent_and_watched_is_delivered_once_also_where_both_services_refuse_at_first()
    {
        await using var intake = await BusyFront.StartAsync(fixture.IntakeUrl, refusals: 2);
        await using var status = await BusyFront.StartAsync(fixture.StatusUrl, refusals: 2);

        var printed = await new Terminal(intake.Url, status.Url).RunAsync("send", fixture.Receiver.Url("/hook/busy"), "--text", "hello", "--watch", "--json");

        Assert.Equal(0, printed.ExitCode);
        Assert.Equal("SUCCESS", printed.Json.Text("status"));
        Assert.Equal(3, intake.Asked.Count);
        Assert.Single(await fixture.Receiver.CallsAsync(printed.Json.Text("id")));
    }

    [Fact]
    public async Task The_first_notification_of_the_start_is_delivered_also_where_both_services_refuse_at_first()
    {
        await using var intake = await BusyFront.StartAsync(fixture.IntakeUrl, refusals: 2);
        await using var status = await BusyFront.StartAsync(fixture.StatusUrl, refusals: 2);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var client = new Client.WaybillClient(http, new WaybillClientOptions { IntakeUrl = intake.Url, StatusUrl = status.Url, ApiKey = Application.WaybillClient.LocalKey });

        var outcome = await TestDelivery.MakeAsync(client, fixture.Receiver.Url("/ok"), CancellationToken.None);

        Assert.Null(outcome.Trouble);
        Assert.Equal(NotificationStatus.Success, outcome.Record!.Status);
        Assert.Equal(3, intake.Asked.Count);
    }
}
