using Waybill.EndToEnd.Tests.Application;

namespace Waybill.EndToEnd.Tests.CommandLine;

/// <summary>listen: what an endpoint gets is posted elsewhere, too, and verified there as a receiver does it.</summary>
[Collection(WaybillCollection.Name)]
public sealed class ListenTests(WaybillFixture fixture)
{
    /// <summary>The one that the AppHost gives its receiver.</summary>
    private const string ReceiversSecret = "whsec_d2F5YmlsbC1sb2NhbC1zaWduaW5nLXNlY3JldA==";

    private readonly Terminal _terminal = new(fixture);
    private readonly string _tenant = $"cli-{Guid.NewGuid():N}";

    [Fact]
    public async Task What_an_endpoint_gets_arrives_here_too_until_Ctrl_C()
    {
        var added = await _terminal.RunAsync("endpoints", "add", fixture.Receiver.Url("/hook/cli-endpoint"), "--tenant", _tenant, "--type", "*", "--json");
        var published = "";

        var exitCode = await _terminal.RunUntilAsync(
            line => line.Contains(published, StringComparison.Ordinal) && line.Contains("  order.paid  200  ", StringComparison.Ordinal),
            async () => published = (await _terminal.RunAsync("publish", "order.paid", "--tenant", _tenant, "--data", """{"order":4711}""", "--watch", "--json")).Json.Text("id"),
            "listen",
            fixture.Receiver.Url("/hook/cli-listen?verify=1"),
            "--endpoint",
            added.Json.Text("id"),
            "--since",
            "1m",
            "--secret",
            ReceiversSecret);

        Assert.Equal(130, exitCode);
        var calls = await fixture.Receiver.CallsAsync(published);
        Assert.Equal(["/hook/cli-endpoint", "/hook/cli-listen"], calls.Select(call => call.Text("path")).Order(StringComparer.Ordinal));
    }
}
