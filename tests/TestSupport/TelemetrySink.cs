using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Waybill.TestSupport;

/// <summary>Takes telemetry (OTLP over gRPC) and keeps its bytes, in which texts are as they are.</summary>
public sealed class TelemetrySink : IAsyncDisposable
{
    private readonly MemoryStream _received = new();
    private readonly WebApplication _server;

    private TelemetrySink()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));

        _server = builder.Build();
        _server.Run(TakeAsync);
    }

    public string Url => _server.Urls.Single();

    public static async Task<TelemetrySink> StartAsync()
    {
        var sink = new TelemetrySink();
        await sink._server.StartAsync();
        return sink;
    }

    public bool Contains(string text) => Contains(Encoding.UTF8.GetBytes(text));

    public bool Contains(ReadOnlySpan<byte> bytes)
    {
        lock (_received)
        {
            return _received.GetBuffer().AsSpan(0, (int)_received.Length).IndexOf(bytes) >= 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _received.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);

        lock (_received)
        {
            body.WriteTo(_received);
        }

        // An empty message: all of it was taken.
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
