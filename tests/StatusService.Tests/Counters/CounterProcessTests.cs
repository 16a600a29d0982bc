using Waybill.LocalAws;
using Waybill.StatusService.Counters;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Tests.Store.Table;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Counters;

/// <summary>With emulators and processes of its own, which it ends. Rules out that the end of a process costs more counts than is said.</summary>
public sealed class CounterProcessTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly DateTimeOffset _begun = CounterPeriod.Hour.StartOf(DateTimeOffset.UtcNow);

    [Fact]
    public async Task A_service_that_is_asked_to_end_leaves_all_its_counts()
    {
        await using var backends = await StartBackendsAsync();
        await using var status = await StatusServiceHost.StartAsync(backends);
        await AcceptAsync(status, 7);

        Assert.Equal(0, await status.Process.StopAsync());

        Assert.Equal((7, 7), await AcceptedAsync(backends));
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task A_service_that_is_killed_leaves_all_but_what_it_counted_last_and_every_notification()
    {
        await using var backends = await StartBackendsAsync();
        await using var status = await StatusServiceHost.StartAsync(backends);
        await AcceptAsync(status, 7);
        await Eventually.BecomesAsync(() => AcceptedAsync(backends), accepted => accepted.Minutes == 7);
        var ids = await AcceptAsync(status, 3);

        await status.Process.KillAsync();
        await status.Process.StartAsync();
        ids.AddRange(await AcceptAsync(status, 5));
        await status.Process.StopAsync();

        var (minutes, hours) = await AcceptedAsync(backends);
        Assert.InRange(minutes, 7 + 5, 7 + 3 + 5);
        Assert.InRange(hours, 5, 7 + 3 + 5);
        await status.Process.StartAsync();
        Assert.All(await Task.WhenAll(ids.Select(id => status.Client.GetAsync(id, None))), Assert.NotNull);
    }

    private static async Task<LocalBackends> StartBackendsAsync()
    {
        var backends = await LocalBackends.StartAsync();
        await new Provisioner(backends.DynamoDbClient, backends.SqsClient).ProvisionAsync();
        return backends;
    }

    private static async Task<List<string>> AcceptAsync(StatusServiceHost status, int times)
    {
        var requests = Enumerable.Range(0, times).Select(_ => Submissions.New()).ToList();
        await Task.WhenAll(requests.Select(request => status.Client.AcceptAsync(request, None)));
        return [.. requests.Select(request => request.Id)];
    }

    private async Task<(long Minutes, long Hours)> AcceptedAsync(LocalBackends backends)
    {
        using var table = new TableClient(TableListener.Config(backends.DynamoDb.Endpoint), TimeProvider.System);
        var reader = new StoreParts(table).CounterReader;
        var minutes = await reader.ReadAsync("alice", CounterPeriod.Minute, _begun, _begun.AddHours(2), None);
        var hours = await reader.ReadAsync(null, CounterPeriod.Hour, _begun, _begun.AddHours(2), None);

        return (minutes.Values.Sum(tally => tally.Accepted), hours.Values.Sum(tally => tally.Accepted));
    }
}
