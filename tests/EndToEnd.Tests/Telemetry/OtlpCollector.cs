using System.Buffers.Binary;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Waybill.EndToEnd.Tests.Telemetry;

/// <summary>Takes telemetry the way an OpenTelemetry collector does (OTLP over gRPC) and keeps the parts that tests look at.</summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    private const int PrefixLength = 5;

    private readonly ConcurrentQueue<Span> _spans = new();
    private readonly ConcurrentQueue<LogLine> _logs = new();
    private readonly ConcurrentQueue<Measurement> _measurements = new();
    private WebApplication? _server;

    public int Port => new Uri(_server!.Urls.Single()).Port;

    public IReadOnlyCollection<Span> Spans => _spans;

    public IReadOnlyCollection<LogLine> Logs => _logs;

    public IReadOnlyCollection<Measurement> Measurements => _measurements;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));

        _server = builder.Build();
        MapExport("trace.v1.TraceService", request => Keep(_spans, OtlpReader.Spans(request)));
        MapExport("logs.v1.LogsService", request => Keep(_logs, OtlpReader.Logs(request)));
        MapExport("metrics.v1.MetricsService", request => Keep(_measurements, OtlpReader.Measurements(request)));
        await _server.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private static void Keep<T>(ConcurrentQueue<T> kept, IEnumerable<T> items)
    {
        foreach (var item in items)
        {
            kept.Enqueue(item);
        }
    }

    private void MapExport(string service, Action<ProtobufMessage> keep) =>
        _server!.MapPost($"/opentelemetry.proto.collector.{service}/Export", async (HttpContext context) =>
        {
            keep(await ReadAsync(context.Request));
            context.Response.ContentType = "application/grpc";

            // An empty message: all of it was taken.
            await context.Response.Body.WriteAsync(new byte[PrefixLength]);
            context.Response.AppendTrailer("grpc-status", "0");
        });

    /// <summary>The message of a gRPC call comes after a flag for compression and its length.</summary>
    private static async Task<ProtobufMessage> ReadAsync(HttpRequest request)
    {
        var prefix = new byte[PrefixLength];
        await request.Body.ReadExactlyAsync(prefix);

        var message = new byte[BinaryPrimitives.ReadInt32BigEndian(prefix.AsSpan(1))];
        await request.Body.ReadExactlyAsync(message);

        return prefix[0] == 0 ? new ProtobufMessage(message) : throw new InvalidDataException("A compressed message is not expected here.");
    }
}
