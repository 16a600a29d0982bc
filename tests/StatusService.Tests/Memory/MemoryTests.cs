using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;
using Xunit.Abstractions;

namespace Waybill.StatusService.Tests.Memory;

/// <summary>Whatever the other services and the table have for it, and whoever asks, the process stays under 400 MiB. The container has 768.</summary>
[Collection(StatusCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class MemoryTests(ITestOutputHelper output, StatusFixture fixture)
{
    private const int MostMebibytes = 400;
    private const int LargestBody = 256 * 1024;

    /// <summary>What a worker has in hand, and twice what may be in memory here.</summary>
    private const int Calls = 128;

    private const int Records = 200;
    private const int LongHistory = 60;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_largest_notifications_taken_in_and_claimed_all_at_once_do_not_fill_it(bool together)
    {
        await using var status = await StartAsync();
        var client = Client(status, together);
        var accepts = Enumerable.Range(0, Calls).Select(_ => Large()).ToArray();

        var accepted = await Task.WhenAll(accepts.Select(accept => AskAsync(() => client.AcceptAsync(accept, CancellationToken.None))));
        var claims = await Task.WhenAll(accepts.Select(accept => ClaimAsync(client, accept.Id)));

        Assert.All(accepted, outcome => Assert.NotNull(outcome.Record));
        Assert.All(claims, claim => Assert.Equal(LargestBody, claim.Claim!.Request.Body!.Length));
        AssertPeak(status);
    }

    [Fact]
    public async Task Lists_of_long_histories_asked_for_by_many_at_once_do_not_fill_it()
    {
        await using var status = await StartAsync();
        await Task.WhenAll(Enumerable.Range(0, Records).Select(_ => StoreLongHistoryAsync(status)));
        using var alice = status.CreatePublicClient(TestKeys.Alice);
        alice.Timeout = TimeSpan.FromMinutes(5);

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => SizeOfListAsync(alice)));

        Assert.Contains(answers, bytes => bytes > Records * LongHistory);
        AssertPeak(status);
    }

    private Task<StatusServiceHost> StartAsync() => StatusServiceHost.StartAsync(fixture.Backends);

    private static StatusClient Client(StatusServiceHost status, bool together)
    {
        var http = status.CreateInternalClient(TestKeys.Internal);
        http.Timeout = TimeSpan.FromMinutes(5);
        return new StatusClient(http, together);
    }

    private static Task<(ClaimResponse? Claim, NotificationRecord? Current)> ClaimAsync(StatusClient client, string id)
    {
        var request = new ClaimRequest("worker", Lease.NewToken());
        return AskAsync(() => client.ClaimAsync(id, request, CancellationToken.None));
    }

    /// <summary>Again and again, as the emulator does not take so much at a time.</summary>
    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        for (var left = 100; ; left--)
        {
            try
            {
                return await ask();
            }
            catch (StatusUnavailableException) when (left > 0)
            {
                // Its own pauses have passed.
            }
        }
    }

    /// <summary>Nothing of it can be compressed.</summary>
    private static AcceptRequest Large()
    {
        var usual = Submissions.New();
        return usual with { Request = usual.Request with { Body = RandomNumberGenerator.GetBytes(LargestBody) } };
    }

    private async Task StoreLongHistoryAsync(StatusServiceHost status)
    {
        var accept = Submissions.New();
        await AskAsync(() => status.Client.AcceptAsync(accept, CancellationToken.None));

        var history = Enumerable.Range(1, LongHistory).Select(attempt => StoredValue.Of(HistoryMap.Write(Entry(attempt))));
        await fixture.Backends.DynamoDbClient.UpdateItemAsync(new()
        {
            TableName = new TableOptions().Name,
            Key = StateItem.Key(accept.Id),
            UpdateExpression = "SET #history = :history",
            ExpressionAttributeNames = new() { ["#history"] = StoredNames.History },
            ExpressionAttributeValues = new() { [":history"] = StoredValue.Of(history) },
        });
    }

    private static HistoryEntry Entry(int attempt) => new()
    {
        Number = attempt,
        Epoch = attempt,
        StartedAt = DateTimeOffset.UtcNow,
        ResponseTime = 15_000.1,
        StatusCode = 503,
        Category = DeliveryCategory.ServerError,
        ErrorCode = "http_503",
        Timings = new DeliveryTimings(1.1, 2.2, 3.3, 4.4, 5.5, Reused: false),
        TraceId = "0af7651916cd43dd8448eb211c80319c",
    };

    /// <returns>0 where the emulator is too slow for so many at a time, and the answer is to come again.</returns>
    private static async Task<int> SizeOfListAsync(HttpClient alice)
    {
        var limit = Records.ToString(CultureInfo.InvariantCulture);
        using var answer = await alice.GetAsync($"/v1/notifications?limit={limit}");

        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            return 0;
        }

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }

    private void AssertPeak(StatusServiceHost status)
    {
        var peak = PeakMemory.MebibytesOf(status.Process.ProcessId);
        output.WriteLine($"{peak} MiB");

        Assert.True(peak < MostMebibytes, $"{peak} MiB at most at a time");
    }
}
