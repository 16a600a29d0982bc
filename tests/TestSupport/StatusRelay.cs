using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waybill.LocalAws;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Batching;

namespace Waybill.TestSupport;

/// <summary>
/// Stands between intake and the status service and passes every call on, until a test makes it fail or wait for one kind of
/// call, and for those that share its request. That is what a status service looks like that dies at that moment.
/// </summary>
public sealed class StatusRelay : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<string, Rule> _rules = new(StringComparer.Ordinal);
    private int _held;
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

    /// <summary>How many calls are being held.</summary>
    public int Held => _held;

    /// <summary>Calls of that name, or whose path ends so, get no answer: the connection is cut before they reach the status service.</summary>
    /// <returns>Dispose of it to let them through again.</returns>
    public IDisposable Cut(string name) => Add(name, new Rule(Before: NotAtAll, After: AtOnce));

    /// <summary>Calls of that name, or whose path ends so, reach the status service, but their answer gets lost.</summary>
    public IDisposable CutAnswer(string name) => Add(name, new Rule(Before: AtOnce, After: NotAtAll));

    /// <summary>Calls of that name, or whose path ends so, wait before they are passed on.</summary>
    public IDisposable Hold(string name, Task until) => Add(name, new Rule(Before: calls => WaitAsync(calls, until), After: AtOnce));

    /// <summary>Calls of that name, or whose path ends so, are passed on, and their answer waits.</summary>
    public IDisposable HoldAnswer(string name, Task until) => Add(name, new Rule(Before: AtOnce, After: calls => WaitAsync(calls, until)));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private static Task<bool> AtOnce(int calls) => Task.FromResult(true);

    private static Task<bool> NotAtAll(int calls) => Task.FromResult(false);

    private async Task<bool> WaitAsync(int calls, Task until)
    {
        Interlocked.Add(ref _held, calls);
        await until;
        Interlocked.Add(ref _held, -calls);
        return true;
    }

    private Released Add(string name, Rule rule)
    {
        _rules[name] = rule;
        return new Released(() => _rules.TryRemove(name, out _));
    }

    private async Task HandleAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var (rule, calls) = RuleFor(await NamesAsync(context.Request.Path.Value!, body));

        if (!await rule.Before(calls))
        {
            context.Abort();
            return;
        }

        body.Position = 0;
        await PassOnAsync(context, body, () => rule.After(calls));
    }

    /// <summary>With the number of the calls that it is for.</summary>
    private (Rule Rule, int Calls) RuleFor(List<string> names)
    {
        foreach (var (wanted, rule) in _rules)
        {
            if (names.Count(name => name.EndsWith(wanted, StringComparison.Ordinal)) is > 0 and var calls)
            {
                return (rule, calls);
            }
        }

        return (new Rule(AtOnce, AtOnce), 0);
    }

    /// <summary>The transitions of the calls that share it, which is a matter of when they come; or the path of a request of another kind.</summary>
    private static async Task<List<string>> NamesAsync(string path, MemoryStream body) => path.EndsWith(StatusRoutes.Batch, StringComparison.Ordinal)
        ? await BatchFormat.ReadLinesAsync(PipeReader.Create(new ReadOnlySequence<byte>(body.ToArray())), CancellationToken.None)
            .Select(line => BatchFormat.ReadCall(line).Transition)
            .ToListAsync()
        : [path];

    private async Task PassOnAsync(HttpContext context, Stream body, Func<Task<bool>> answers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString);
        request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
        request.Headers.TryAddWithoutValidation("traceparent", context.Request.Headers.TraceParent.ToString());

        if (context.Request.ContentType is { } contentType)
        {
            request.Content = new StreamContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        try
        {
            using var answer = await _http.SendAsync(request);

            if (!await answers())
            {
                context.Abort();
                return;
            }

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

    /// <summary>Each says, maybe after a while, whether to go on. It is told how many calls it is about.</summary>
    private sealed record Rule(Func<int, Task<bool>> Before, Func<int, Task<bool>> After);

    private sealed class Released(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
