using System.Diagnostics;
using System.Net.Http.Headers;
using Waybill.Bench.Measuring;

namespace Waybill.Bench.Baselines;

/// <summary>POSTs as fast as answers come: the least that delivering by HTTP can take.</summary>
internal sealed class BareLoop(IReadOnlyList<Uri> urls, int payloadBytes, int connections)
{
    private const int MostToWarmUp = 5000;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null });
    private readonly byte[] _payload = new byte[payloadBytes];

    public async Task<BaselineFigures> RunAsync(int calls, CancellationToken cancellationToken)
    {
        await PostAsync(Math.Min(calls, MostToWarmUp), cancellationToken);

        var before = ProcessUse.Read("", Environment.ProcessId);
        var watch = Stopwatch.StartNew();
        await PostAsync(calls, cancellationToken);
        var seconds = watch.Elapsed.TotalSeconds;
        var use = ProcessUse.Read("", Environment.ProcessId).Since(before);

        return new BaselineFigures(calls, Math.Round(calls / seconds, 1), Math.Round(use.CpuMilliseconds / calls, 4));
    }

    private Task PostAsync(int calls, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = connections, CancellationToken = cancellationToken };

        return Parallel.ForAsync(0, calls, options, async (number, token) =>
        {
            using var content = new ByteArrayContent(_payload) { Headers = { ContentType = Json } };
            using var answer = await _http.PostAsync(urls[number % urls.Count], content, token);
        });
    }
}
