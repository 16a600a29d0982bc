using System.Text.Json;
using Waybill.EndToEnd.Tests.Application;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Tour;

/// <summary>The secret that deliveries are signed with signs, and is seen nowhere.</summary>
[Collection(WaybillCollection.Name)]
public sealed class SigningSecretTests(WaybillFixture fixture)
{
    /// <summary>The base 64 of the secret that docs/tour.md prints, without its end, which a text might wrap.</summary>
    private const string Secret = "d2F5YmlsbC1sb2NhbC1zaWduaW5n";

    [Fact]
    public async Task It_is_in_no_log_line_no_span_and_no_answer()
    {
        var id = await fixture.Waybill.AcceptedAsync($$"""{ "url": "{{fixture.Receiver.Url("/ok?verify=1")}}", "payload": 1 }""");
        var record = await fixture.Waybill.DeliveredAsync(id);
        var calls = await fixture.Receiver.CallsAsync(id);
        await Eventually.BecomesAsync(
            () => Task.FromResult(fixture.Telemetry.Logs.Count(line => line.Text.Contains(id, StringComparison.Ordinal))),
            lines => lines > 0,
            Deadlines.State);

        Assert.Equal("verified", calls.Single().Text("signature"));
        Assert.DoesNotContain(Secret, record.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, calls.Single().ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, JsonSerializer.Serialize(fixture.Telemetry.Logs), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, JsonSerializer.Serialize(fixture.Telemetry.Spans), StringComparison.Ordinal);
    }
}
