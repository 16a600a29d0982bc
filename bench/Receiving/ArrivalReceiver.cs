using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Waybill.Bench.Receiving;

/// <summary>Answers every call with 200 at once, and notes when which notification came.</summary>
internal sealed class ArrivalReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, ConcurrentQueue<long>> _arrivals = new();
    private readonly WebApplication _server;

    private ArrivalReceiver(WebApplication server) => _server = server;

    public Uri Url => new(_server.Urls.Single());

    public static async Task<ArrivalReceiver> StartAsync(Uri address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.ToString());

        var receiver = new ArrivalReceiver(builder.Build());
        receiver._server.Run(receiver.ReceiveAsync);
        await receiver._server.StartAsync();
        return receiver;
    }

    /// <summary>Stopwatch time of the first call for it; null when none came.</summary>
    public long? FirstArrival(string id) => _arrivals.TryGetValue(id, out var times) ? times.First() : null;

    public int Calls(string id) => _arrivals.TryGetValue(id, out var times) ? times.Count : 0;

    /// <summary>Returns when all have come, or at the deadline.</summary>
    public async Task WaitForAsync(IReadOnlyList<string> ids, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();

        while (watch.Elapsed < deadline && !ids.All(_arrivals.ContainsKey))
        {
            await Task.Delay(Interval, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        var arrived = Stopwatch.GetTimestamp();
        await context.Request.Body.CopyToAsync(Stream.Null);

        var id = context.Request.Headers["webhook-id"].ToString();
        _arrivals.GetOrAdd(id, _ => new()).Enqueue(arrived);
    }
}
