using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Bench.Scenarios;

namespace Waybill.Bench.Checking;

/// <summary>What the status API says of notifications.</summary>
internal sealed class Records : IDisposable
{
    private const int Concurrency = 16;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http;

    public Records(Target target)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null }) { BaseAddress = target.Status };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", target.Key);
    }

    /// <summary>Reads each until it is SUCCESS; at the deadline, as it then is.</summary>
    public async Task<IReadOnlyList<Outcome>> ReadAsync(IReadOnlyList<string> ids, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var outcomes = new ConcurrentBag<Outcome>();
        var watch = Stopwatch.StartNew();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };

        await Parallel.ForEachAsync(ids, options, async (id, token) =>
        {
            var outcome = await ReadAsync(id, token);

            while (!outcome.IsSuccess && watch.Elapsed < deadline)
            {
                await Task.Delay(Interval, token);
                outcome = await ReadAsync(id, token);
            }

            outcomes.Add(outcome);
        });

        return [.. outcomes];
    }

    public void Dispose() => _http.Dispose();

    private async Task<Outcome> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var record = await _http.GetFromJsonAsync<JsonElement>($"/v1/notifications/{id}", cancellationToken);

        return new Outcome(id, record.GetProperty("status").GetString()!, record.GetProperty("history").GetArrayLength());
    }
}

/// <param name="Attempts">Entries in its history.</param>
internal sealed record Outcome(string Id, string Status, int Attempts)
{
    public bool IsSuccess => Status == "SUCCESS";
}
