using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Waybill.Bench.Measuring;
using Waybill.Bench.Offering;

namespace Waybill.Bench.Baselines;

/// <summary>POSTs, as fast as answers come or at an even rate: the least that delivering by HTTP can take.</summary>
internal sealed class BareLoop(IReadOnlyList<Uri> urls, int payloadBytes, int connections)
{
    private const int MostToWarmUp = 5000;
    private const double PacedSeconds = 10;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null });
    private readonly byte[] _payload = new byte[payloadBytes];

    /// <param name="perSecond">Of a second measurement; null for none.</param>
    public async Task<BaselineFigures> RunAsync(int calls, double? perSecond, CancellationToken cancellationToken)
    {
        await PostAsync(Math.Min(calls, MostToWarmUp), null, cancellationToken);

        var (rate, cpu) = await MeasureAsync(calls, null, cancellationToken);
        double? paced = perSecond is { } wanted ? (await MeasureAsync((int)Math.Ceiling(wanted * PacedSeconds), wanted, cancellationToken)).Cpu : null;

        return new BaselineFigures(calls, rate, cpu, paced);
    }

    private async Task<(double Rate, double Cpu)> MeasureAsync(int calls, double? perSecond, CancellationToken cancellationToken)
    {
        var before = ProcessUse.Read("", Environment.ProcessId);
        var watch = Stopwatch.StartNew();
        await PostAsync(calls, perSecond, cancellationToken);
        var seconds = watch.Elapsed.TotalSeconds;
        var use = ProcessUse.Read("", Environment.ProcessId).Since(before);

        return (Math.Round(calls / seconds, 1), Math.Round(use.CpuMilliseconds / calls, 4));
    }

    private Task PostAsync(int calls, double? perSecond, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = connections, CancellationToken = cancellationToken };

        return Parallel.ForEachAsync(NumbersAsync(calls, perSecond, cancellationToken), options, async (number, token) =>
        {
            using var content = new ByteArrayContent(_payload) { Headers = { ContentType = Json } };
            using var answer = await _http.PostAsync(urls[number % urls.Count], content, token);
        });
    }

    private static async IAsyncEnumerable<int> NumbersAsync(int calls, double? perSecond, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pace = new Pace(perSecond);

        for (var number = 0; number < calls; number++)
        {
            await pace.UntilAsync(number, cancellationToken);
            yield return number;
        }
    }
}
