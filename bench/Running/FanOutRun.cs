using System.Net.Http.Json;
using Waybill.Bench.Measuring;
using Waybill.Bench.Offering;
using Waybill.Bench.Receiving;
using Waybill.Bench.Scenarios;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Running;

/// <summary>Posts events of a tenant with so many endpoints, and waits until all their notifications are final.</summary>
internal sealed class FanOutRun(WaybillUnderTest waybill, Receiver receiver, Scenario scenario) : IDisposable
{
    private const string Type = "order.paid";

    private readonly SubmissionClient _client = new(waybill.Intake.Url, WaybillUnderTest.Key, scenario.Connections);
    private readonly Submission _submission = new(scenario.PayloadBytes, retrySchedule: null);

    /// <param name="name">Of the tenant, and first part of the path of every call; new for each run.</param>
    /// <param name="perSecond">Notifications, of which an event makes as many as there are endpoints. Null: all at once.</param>
    /// <param name="maxPerSecond">The rate of each endpoint; null for none.</param>
    public async Task<FanOutResult> RunAsync(string name, int endpoints, int events, double? perSecond, CancellationToken cancellationToken, int? maxPerSecond = null)
    {
        await CreateAsync(name, endpoints, maxPerSecond, cancellationToken);
        var calls = receiver.Expect(name, endpoints);

        var before = await Snapshot.TakeAsync(waybill, cancellationToken);
        var accepted = await OfferAsync(name, events, perSecond / endpoints, cancellationToken);
        await Finish.OfAsync(waybill, before, accepted * endpoints, TimeSpan.FromSeconds(scenario.Deadline), cancellationToken);
        var after = await Snapshot.TakeAsync(waybill, cancellationToken);

        return new FanOutResult(endpoints, events, accepted, [.. Enumerable.Range(0, endpoints).Select(calls.Calls)], after.Since(before));
    }

    public void Dispose() => _client.Dispose();

    private async Task CreateAsync(string tenant, int endpoints, int? maxPerSecond, CancellationToken cancellationToken)
    {
        for (var number = 0; number < endpoints; number++)
        {
            var endpoint = new { url = new Uri(receiver.Hosts[number % receiver.Hosts.Count], $"/{tenant}/{number}"), types = new[] { Type }, maxPerSecond };
            var (_, problem) = await _client.PostAsync($"/v1/tenants/{tenant}/endpoints", JsonContent.Create(endpoint), cancellationToken);

            if (problem is not null)
            {
                throw new InvalidOperationException($"No endpoint was made. {problem}");
            }
        }
    }

    private async Task<int> OfferAsync(string tenant, int events, double? perSecond, CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(scenario.Connections);
        var posts = new Task<bool>[events];
        var pace = new Pace(perSecond);

        for (var number = 0; number < events; number++)
        {
            await pace.UntilAsync(number, cancellationToken);
            await places.WaitAsync(cancellationToken);
            posts[number] = PostAsync(tenant, places, cancellationToken);
        }

        return (await Task.WhenAll(posts)).Count(accepted => accepted);
    }

    private async Task<bool> PostAsync(string tenant, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        try
        {
            var (id, problem) = await _client.PostAsync("/v1/events", _submission.OfEvent(Type, tenant), cancellationToken);

            if (problem is not null)
            {
                await Console.Error.WriteLineAsync(problem);
            }

            return id is not null;
        }
        finally
        {
            places.Release();
        }
    }
}

/// <param name="Accepted">Of the events.</param>
/// <param name="Calls">That came to each endpoint.</param>
/// <param name="Use">From the first post until the last notification was final or the deadline came.</param>
internal sealed record FanOutResult(int Endpoints, int Events, int Accepted, IReadOnlyList<int> Calls, Snapshot Use)
{
    public int Delivered => Calls.Sum();

    /// <summary>Each endpoint got each event once.</summary>
    public bool IsComplete => Accepted == Events && Calls.All(calls => calls == Events);
}
