using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.InternalApi.Batching;

/// <summary>With a status service of its own, to which the table is slow.</summary>
[Collection(StatusCollection.Name)]
public sealed class SlowCallTests(StatusFixture fixture)
{
    private readonly Situation _situation = new(fixture.Backends.DynamoDbClient);

    [Fact]
    public async Task A_call_that_takes_long_does_not_hold_back_the_answers_of_the_others()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _situation.Of(FromState.Pending)));
        await using var relay = await TableRelay.StartAsync(fixture.Backends.DynamoDb.Endpoint, held: ids[0]);
        await using var status = await StatusServiceHost.StartAsync(fixture.Backends, ("AWS_ENDPOINT_URL_DYNAMODB", relay.Url));
        using var http = status.CreateInternalClient(TestKeys.Internal);
        using var request = new HttpRequestMessage(HttpMethod.Post, Batch.Path)
        {
            Content = Batch.Content([.. ids.Select(id => Batch.Call(id, StatusClient.Queued, minimal: true))]),
        };

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var first = new[] { await Next(lines), await Next(lines) };
        var rest = Next(lines);

        Assert.Equal([1, 2], first.Order());
        Assert.False(rest.IsCompleted);
        relay.Release();
        Assert.Equal(0, await rest);
        Assert.Null(await lines.ReadLineAsync());
    }

    private static async Task<int> Next(StreamReader lines)
    {
        var answer = Batch.Line((await lines.ReadLineAsync().WaitAsync(Eventually.Deadline))!);
        Assert.Equal(200, Batch.Status(answer));
        return Batch.Number(answer);
    }
}
