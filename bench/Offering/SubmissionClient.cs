using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Waybill.Bench.Scenarios;

namespace Waybill.Bench.Offering;

/// <summary>Posts notifications, so many at a time, each once: what is refused is counted, not repeated.</summary>
internal sealed class SubmissionClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly int _concurrency;

    public SubmissionClient(Target target, int concurrency)
    {
        _concurrency = Math.Max(1, concurrency);

        // No traceparent: each notification begins a trace of its own, as it does for a client without tracing.
        var handler = new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null, MaxConnectionsPerServer = _concurrency };
        _http = new HttpClient(handler) { BaseAddress = target.Intake };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", target.Key);
    }

    public async Task<IReadOnlyList<Offer>> OfferAsync(Submission submission, int count, CancellationToken cancellationToken)
    {
        var offers = new ConcurrentBag<Offer>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = _concurrency, CancellationToken = cancellationToken };

        await Parallel.ForAsync(0, count, options, async (_, token) => offers.Add(await OfferAsync(submission, token)));

        return [.. offers];
    }

    public void Dispose() => _http.Dispose();

    private async Task<Offer> OfferAsync(Submission submission, CancellationToken cancellationToken)
    {
        var posted = Stopwatch.GetTimestamp();

        try
        {
            using var content = submission.ToContent();
            using var response = await _http.PostAsync("/v1/notifications", content, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var answered = Stopwatch.GetTimestamp();

            return response.StatusCode == HttpStatusCode.Accepted
                ? new Offer(posted, answered, Text(body, "id"), null)
                : new Offer(posted, answered, null, $"intake answered {(int)response.StatusCode} {Text(body, "type")}");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or KeyNotFoundException)
        {
            return new Offer(posted, Stopwatch.GetTimestamp(), null, exception.Message);
        }
    }

    private static string Text(byte[] body, string member)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty(member).GetString()!;
    }
}
