using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Waybill.StandIns.Messaging.Tests.Support;

/// <summary>Stands between a client and the emulator: counts the calls by operation, and lets a test change a call or its answer.</summary>
internal sealed class SqsProxy : IAsyncDisposable
{
    internal delegate Task<JsonNode> Forward(JsonNode request);

    internal delegate Task<JsonNode> Interceptor(JsonNode request, Forward forward);

    private readonly WebApplication _app;
    private readonly HttpClient _client;
    private readonly ConcurrentQueue<string> _calls = new();

    private SqsProxy(WebApplication app, Uri target)
    {
        _app = app;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = target };
    }

    /// <summary>By operation, such as <c>AmazonSQS.SendMessageBatch</c>.</summary>
    public ConcurrentDictionary<string, Interceptor> Interceptors { get; } = new();

    public IReadOnlyCollection<string> Calls => _calls;

    public Uri Endpoint => new(_app.Urls.Single());

    public static async Task<SqsProxy> Start(Uri target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        var app = builder.Build();
        var proxy = new SqsProxy(app, target);
        app.Run(proxy.Handle);
        await app.StartAsync();

        return proxy;
    }

    public int Count(string operation) => _calls.Count(call => call == operation);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task Handle(HttpContext context)
    {
        var operation = context.Request.Headers["X-Amz-Target"].ToString();
        var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        _calls.Enqueue(operation);

        if (Interceptors.TryGetValue(operation, out var intercept))
        {
            var answer = await intercept(JsonNode.Parse(body)!, request => ForwardJson(operation, request, context.RequestAborted));
            context.Response.StatusCode = answer["__type"] is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
            context.Response.ContentType = "application/x-amz-json-1.0";
            await context.Response.WriteAsync(answer.ToJsonString());
            return;
        }

        using var response = await Send(operation, body, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private async Task<JsonNode> ForwardJson(string operation, JsonNode request, CancellationToken cancellationToken)
    {
        using var response = await Send(operation, request.ToJsonString(), cancellationToken);

        return JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
    }

    private Task<HttpResponseMessage> Send(string operation, string body, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new("application/x-amz-json-1.0");
        request.Headers.Add("X-Amz-Target", operation);

        return _client.SendAsync(request, cancellationToken);
    }
}
