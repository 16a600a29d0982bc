using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waybill.LocalAws;

namespace Waybill.IntakeService.Tests.Support;

/// <summary>
/// Stands between intake and the status service and passes every call on, until a test makes it fail or wait for one kind of
/// call. That is what a status service looks like that dies at that moment.
/// </summary>
public sealed class StatusRelay : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<string, Func<Task<bool>>> _rules = new(StringComparer.Ordinal);
    private WebApplication _app = null!;

    private StatusRelay(Uri target) =>
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = target };

    public Uri Url { get; } = new($"http://127.0.0.1:{LoopbackPort.Pick()}");

    public static async Task<StatusRelay> StartAsync(Uri target)
    {
        var relay = new StatusRelay(target);
        var builder = WebApplication.CreateSlimBuilder();

        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(relay.Url.ToString());
        relay._app = builder.Build();
        relay._app.Run(relay.HandleAsync);

        await relay._app.StartAsync();
        return relay;
    }

    /// <summary>Calls whose path ends so get no answer: the connection is cut before they reach the status service.</summary>
    /// <returns>Dispose of it to let them through again.</returns>
    public IDisposable Cut(string pathEnd) => Rule(pathEnd, () => Task.FromResult(false));

    /// <summary>Calls whose path ends so wait until the task ends.</summary>
    public IDisposable Hold(string pathEnd, Task until) => Rule(pathEnd, async () =>
    {
        await until;
        return true;
    });

    /// <summary>How many calls are being held or passed on.</summary>
    public int InFlight => _inFlight;

    private int _inFlight;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private Released Rule(string pathEnd, Func<Task<bool>> mayPass)
    {
        _rules[pathEnd] = mayPass;
        return new Released(() => _rules.TryRemove(pathEnd, out _));
    }

    private async Task HandleAsync(HttpContext context)
    {
        Interlocked.Increment(ref _inFlight);

        try
        {
            var path = context.Request.Path.Value!;
            var rule = _rules.FirstOrDefault(entry => path.EndsWith(entry.Key, StringComparison.Ordinal)).Value;

            if (rule is not null && !await rule())
            {
                context.Abort();
                return;
            }

            await PassOnAsync(context);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private async Task PassOnAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString);
        request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
        request.Headers.TryAddWithoutValidation("traceparent", context.Request.Headers.TraceParent.ToString());

        if (context.Request.ContentType is { } contentType)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        try
        {
            using var answer = await _http.SendAsync(request);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();

            foreach (var header in answer.Headers.Where(header => header.Key.StartsWith("Waybill-", StringComparison.OrdinalIgnoreCase)))
            {
                context.Response.Headers.Append(header.Key, header.Value.ToArray());
            }

            await answer.Content.CopyToAsync(context.Response.Body);
        }
        catch (HttpRequestException)
        {
            context.Abort();
        }
    }

    private sealed class Released(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
