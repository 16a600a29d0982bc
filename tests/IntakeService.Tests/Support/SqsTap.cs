using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Waybill.IntakeService.Tests.Support;

/// <summary>
/// Stands between intake and the emulator and keeps the messages that are sent. The emulator takes a group on a standard queue
/// but does not give it back.
/// </summary>
internal sealed class SqsTap : IAsyncDisposable
{
    private const string Target = "X-Amz-Target";

    private readonly WebApplication _app;
    private readonly HttpClient _client;
    private readonly ConcurrentQueue<JsonNode> _sent = new();

    private SqsTap(WebApplication app, Uri emulator)
    {
        _app = app;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = emulator };
    }

    public string Url => _app.Urls.Single();

    public static async Task<SqsTap> StartAsync(Uri emulator)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        var app = builder.Build();
        var tap = new SqsTap(app, emulator);
        app.Run(tap.ForwardAsync);
        await app.StartAsync();

        return tap;
    }

    /// <summary>The entry as it was sent, which must be there.</summary>
    public JsonNode SentFor(string notificationId) =>
        _sent.Single(entry => entry["MessageBody"]!.GetValue<string>().Contains(notificationId, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var operation = context.Request.Headers[Target].ToString();
        var body = await new StreamReader(context.Request.Body).ReadToEndAsync();

        if (operation == "AmazonSQS.SendMessageBatch")
        {
            JsonNode.Parse(body)!["Entries"]!.AsArray().ToList().ForEach(entry => _sent.Enqueue(entry!));
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new("application/x-amz-json-1.0");
        request.Headers.Add(Target, operation);
        using var response = await _client.SendAsync(request, context.RequestAborted);

        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
