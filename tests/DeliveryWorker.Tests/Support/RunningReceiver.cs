using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Waybill.LocalAws;
using Waybill.Receiver;
using Waybill.Receiver.Recording;

namespace Waybill.DeliveryWorker.Tests.Support;

/// <summary>
/// The sample receiver on a free port of many loopback addresses, which are as many hosts to a worker: what one test lets a host do
/// wrong does not make the worker wary in the next.
/// </summary>
public sealed class RunningReceiver : IAsyncLifetime
{
    private const int Hosts = 32;

    private readonly string[] _urls = UrlsOf(LoopbackPort.Pick());
    private readonly WebApplication _app;
    private int _next;

    public RunningReceiver() => _app = ReceiverApp.Build([$"--urls={string.Join(';', _urls)}", "--Logging:LogLevel:Default=Warning"]);

    /// <summary>On another host with each call, until they begin again.</summary>
    public string Url(string path) => _urls[Interlocked.Increment(ref _next) % Hosts] + path;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ReceivedRequest> Received(string path) =>
        _app.Services.GetRequiredService<Inbox>().Find(request => request.Path == path);

    public IReadOnlyList<ReceivedRequest> ReceivedFor(string notificationId) =>
        _app.Services.GetRequiredService<Inbox>().Find(request => request.WebhookId == notificationId);

    public Task InitializeAsync() => _app.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    private static string[] UrlsOf(int port) => [.. Enumerable.Range(1, Hosts).Select(host => $"http://127.0.0.{host}:{port}")];
}
