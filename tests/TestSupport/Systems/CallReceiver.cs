using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waybill.LocalAws;

namespace Waybill.TestSupport.Systems;

/// <summary>A receiver in the test's own process, which no fault hits: it notes every call by <c>webhook-id</c> and answers as the test says.</summary>
public sealed class CallReceiver : IAsyncDisposable
{
    private static readonly Func<Call, Task<int>> AtOnce = _ => Task.FromResult(StatusCodes.Status200OK);

    /// <summary>As many hosts, as a worker bounds its calls to each, and more tightly while it does not know it.</summary>
    private const int Hosts = 8;

    private readonly ConcurrentDictionary<string, ConcurrentQueue<Call>> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Call, bool> _open = new();
    private readonly WebApplication _app;
    private volatile Func<Call, Task<int>> _answer = AtOnce;

    private CallReceiver()
    {
        var port = LoopbackPort.Pick();
        Urls = [.. Enumerable.Range(1, Hosts).Select(host => new Uri($"http://127.0.0.{host}:{port}/hook"))];

        var builder = WebApplication.CreateSlimBuilder();

        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls([.. Urls.Select(url => url.GetLeftPart(UriPartial.Authority))]);
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    /// <summary>One for each host.</summary>
    public IReadOnlyList<Uri> Urls { get; }

    /// <summary>Notifications whose call has come and has no answer yet.</summary>
    public IReadOnlyList<string> InHand => [.. _open.Keys.Select(call => call.NotificationId)];

    public static async Task<CallReceiver> StartAsync()
    {
        var receiver = new CallReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<Call> CallsFor(string notificationId) => _calls.TryGetValue(notificationId, out var calls) ? [.. calls] : [];

    /// <summary>All calls, those of one notification in the order in which they came.</summary>
    public IReadOnlyList<Call> All => [.. _calls.Values.SelectMany(calls => calls)];

    /// <param name="answer">Gives the status code; may wait before that.</param>
    /// <returns>Dispose of it to answer 200 at once again.</returns>
    public IDisposable Answer(Func<Call, Task<int>> answer)
    {
        _answer = answer;
        return new Restored(this);
    }

    /// <summary>Answers 200 after that time.</summary>
    public IDisposable AnswerAfter(TimeSpan delay) => Answer(async _ =>
    {
        await Task.Delay(delay);
        return StatusCodes.Status200OK;
    });

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var id = context.Request.Headers["webhook-id"].ToString();
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var calls = _calls.GetOrAdd(id, _ => new ConcurrentQueue<Call>());
        var call = new Call(id, calls.Count + 1, DateTimeOffset.UtcNow)
        {
            Headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = body,
        };

        calls.Enqueue(call);
        _open[call] = true;

        try
        {
            context.Response.StatusCode = await _answer(call);
        }
        finally
        {
            _open.TryRemove(call, out _);
        }
    }

    private sealed class Restored(CallReceiver receiver) : IDisposable
    {
        public void Dispose() => receiver._answer = AtOnce;
    }
}

/// <param name="Number">From 1, for this notification.</param>
public sealed record Call(string NotificationId, int Number, DateTimeOffset ArrivedAt)
{
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>As text.</summary>
    public required string Body { get; init; }
}
