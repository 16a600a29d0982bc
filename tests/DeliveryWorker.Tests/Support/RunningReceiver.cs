using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Receiver;
using Waybill.Receiver.Recording;

namespace Waybill.DeliveryWorker.Tests.Support;

/// <summary>The sample receiver on a free loopback port.</summary>
public sealed class RunningReceiver : IAsyncLifetime
{
    private readonly WebApplication _app = ReceiverApp.Build(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]);

    public string Url(string path) => _app.Urls.Single() + path;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ReceivedRequest> Received(string path) =>
        _app.Services.GetRequiredService<Inbox>().Find(request => request.Path == path);

    public IReadOnlyList<ReceivedRequest> ReceivedFor(string notificationId) =>
        _app.Services.GetRequiredService<Inbox>().Find(request => request.WebhookId == notificationId);

    public Task InitializeAsync() => _app.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();
}
