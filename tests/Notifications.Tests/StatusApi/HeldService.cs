using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Waybill.Notifications.Tests.StatusApi;

/// <summary>Takes requests as the status service does, and leaves to the test what becomes of each, and when.</summary>
internal sealed class HeldService : IAsyncDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Channel<HeldRequest> _requests = Channel.CreateUnbounded<HeldRequest>();
    private readonly WebApplication _app;

    private HeldService()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public Uri Url => new(_app.Urls.Single());

    public static async Task<HeldService> StartAsync()
    {
        var service = new HeldService();
        await service._app.StartAsync();
        return service;
    }

    /// <summary>The next request, once its body is here.</summary>
    public async Task<HeldRequest> NextAsync() => await _requests.Reader.ReadAsync().AsTask().WaitAsync(Deadline);

    /// <summary>A request that was taken before its turn.</summary>
    public void PutBack(HeldRequest request) => _requests.Writer.TryWrite(request);

    public bool HasMore => _requests.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        // Requests that the test left unanswered do not hold up its end.
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var request = new HeldRequest(context, await reader.ReadToEndAsync());
        await _requests.Writer.WriteAsync(request);
        await request.Ended.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
