using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Waybill.TestSupport;

namespace Waybill.Receiving.Tests.Support;

/// <summary>An application that receives webhooks, on a free port, with a clock that stands still unless it is moved.</summary>
internal sealed class TestReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private TestReceiver(WebApplication app, LogLines lines)
    {
        _app = app;
        Lines = lines;
        Address = new Uri(app.Urls.Single());
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    /// <summary>What it logged.</summary>
    public LogLines Lines { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="map">Maps what is tested.</param>
    /// <param name="register">Registers what that needs.</param>
    public static async Task<TestReceiver> StartAsync(Action<WebApplication> map, Action<WebApplicationBuilder>? register = null, TimeProvider? time = null)
    {
        var lines = new LogLines();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(lines);
        builder.Services.AddSingleton(time ?? Clock.Stopped());
        register?.Invoke(builder);

        var app = builder.Build();

        try
        {
            map(app);
            await app.StartAsync();
            return new TestReceiver(app, lines);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>With a handler that keeps what it gets, at <c>/hook</c>.</summary>
    public static Task<TestReceiver> StartAsync(ConcurrentQueue<Webhook> handled, Action<WebhookEndpointBuilder> configure, Action<WebApplicationBuilder>? register = null, TimeProvider? time = null) =>
        StartAsync(app => configure(app.MapWebhook("/hook", handled.Enqueue)), register, time);

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request);
            return new Answer(
                response.StatusCode,
                response.Content.Headers.ContentType?.MediaType,
                await response.Content.ReadAsStringAsync(),
                response.Headers.RetryAfter?.Delta);
        }
    }

    public Task<Answer> SendAsync(Call call) => SendAsync(call.ToRequest());

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}

internal sealed record Answer(HttpStatusCode Status, string? MediaType, string Body, TimeSpan? RetryAfter)
{
    /// <summary>What a problem says is wrong.</summary>
    public string Reason => JsonElement.Parse(Body).GetProperty("detail").GetString()!;
}
