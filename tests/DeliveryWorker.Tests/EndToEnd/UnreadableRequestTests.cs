using System.Globalization;
using System.Text.Json;
using Waybill.TestSupport;

namespace Waybill.DeliveryWorker.Tests.EndToEnd;

/// <summary>The worker serves nothing but its probes; what it cannot read is answered as by the other services.</summary>
[Collection(WorkerCollection.Name)]
public sealed class UnreadableRequestTests(WorkerFixture fixture)
{
    public static TheoryData<string> Names => [.. UnreadableRequests.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_cannot_be_read_is_answered_with_a_problem(string name)
    {
        var (status, request) = UnreadableRequests.All[name];
        var (head, body) = await UnreadableRequests.SendAsync(fixture.Worker.Url, request);

        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} "), head, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", head, StringComparison.Ordinal);
        Assert.Equal(status, JsonDocument.Parse(body).RootElement.GetProperty("status").GetInt32());
    }
}
