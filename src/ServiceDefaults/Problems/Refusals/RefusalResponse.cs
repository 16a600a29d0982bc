using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Waybill.ServiceDefaults.Problems.Refusals;

/// <summary>The server's own answer to what it cannot read as a request, with the problem body that every other answer has.</summary>
internal sealed partial class RefusalResponse(ILogger<RefusalResponse> logger)
{
    private const string Title = "The request cannot be read.";

    private static ReadOnlySpan<byte> NoBody => "Content-Length: 0\r\n"u8;

    private static ReadOnlySpan<byte> EndOfHead => "\r\n\r\n"u8;

    /// <param name="head">As the server wrote it: the status line and headers that say that there is no body.</param>
    /// <returns>The head with another length, and a body; as it was where it is anything else, such as encrypted, or a frame of HTTP/2.</returns>
    public ReadOnlySpan<byte> Complete(ReadOnlySpan<byte> head, BadHttpRequestException reason)
    {
        var length = head.LastIndexOf(NoBody);

        if (length < 0 || head[length..].IndexOf(EndOfHead) != head.Length - length - EndOfHead.Length)
        {
            return head;
        }

        // There is no request, and so no span whose trace it could be.
        var traceId = ActivityTraceId.CreateRandom().ToHexString();
        Log.Refused(logger, reason.StatusCode, reason.Message, traceId);

        var body = Body(reason, traceId);
        var described = string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\nContent-Type: application/problem+json\r\n");

        return (byte[])[.. head[..length], .. Encoding.ASCII.GetBytes(described), .. head[(length + NoBody.Length)..], .. body];
    }

    private static byte[] Body(BadHttpRequestException reason, string traceId)
    {
        using var stream = new MemoryStream();
        using var writer = new Utf8JsonWriter(stream);

        writer.WriteStartObject();
        writer.WriteString("type", Problem.TypePrefix + ProblemExtensions.NameOf(reason.StatusCode));
        writer.WriteString("title", Title);
        writer.WriteNumber("status", reason.StatusCode);
        writer.WriteString("detail", reason.Message);
        writer.WriteString("traceId", traceId);
        writer.WriteEndObject();
        writer.Flush();

        return stream.ToArray();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Refused with {StatusCode} what came over a connection: {Reason} Its answer has the trace id {TraceId}.")]
        public static partial void Refused(ILogger logger, int statusCode, string reason, string traceId);
    }
}

/// <summary>
/// Kestrel answers what it cannot read as HTTP before any middleware, without a body. Here such an answer gets the problem body that every
/// answer has. Kestrel says by an event that it refuses; until then a connection costs one object more, and a good request nothing.
/// </summary>
internal static class RefusalExtensions
{
    public static void AddRefusalResponses(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RefusalResponse>();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            var answer = endpoint.ApplicationServices.GetRequiredService<RefusalResponse>();
            endpoint.Use(next => connection => ServeAsync(connection, next, answer));
        }));
    }

    public static void UseRefusalResponses(this WebApplication app) =>
        app.Services.GetRequiredService<DiagnosticListener>().Subscribe(new RefusalObserver(), name => name == RefusalObserver.EventName);

    private static Task ServeAsync(ConnectionContext connection, ConnectionDelegate next, RefusalResponse answer)
    {
        var refusal = new Refusal();
        connection.Features.Set(refusal);
        connection.Transport = new Duplex(connection.Transport.Input, new RefusalWriter(connection.Transport.Output, refusal, answer));
        return next(connection);
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
