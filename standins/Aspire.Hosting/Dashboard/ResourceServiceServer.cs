using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Serves <see cref="ResourceService"/> over HTTP/2 on a free loopback port, to the holder of the key alone.</summary>
internal sealed class ResourceServiceServer(ResourceService service, DashboardSettings settings)
{
    private readonly CancellationTokenSource _stopping = new();
    private WebApplication? _server;

    /// <returns>Its address.</returns>
    public async Task<string> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));

        _server = builder.Build();
        _server.MapPost("/aspire.v1.DashboardService/{method}", AnswerAsync);
        await _server.StartAsync(cancellationToken).ConfigureAwait(false);

        return _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);

        if (_server is not null)
        {
            await _server.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(HttpContext context, string method)
    {
        var call = new GrpcCall(context);
        context.Response.ContentType = "application/grpc";

        if (!IsAllowed(context.Request))
        {
            call.End(GrpcCall.Unauthenticated);
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        var status = GrpcCall.Ok;

        try
        {
            status = await service.AnswerAsync(method, call, ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The dashboard has closed the stream, or the application ends.
        }

        if (!context.RequestAborted.IsCancellationRequested)
        {
            call.End(status);
        }
    }

    private bool IsAllowed(HttpRequest request) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(request.Headers["x-resource-service-api-key"].ToString()),
        Encoding.UTF8.GetBytes(settings.ResourceServiceKey));
}
