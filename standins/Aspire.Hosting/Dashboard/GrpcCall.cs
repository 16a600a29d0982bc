using System.Buffers.Binary;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard;

/// <summary>One gRPC call over HTTP/2: messages with a five-byte prefix, the outcome in trailers.</summary>
internal sealed class GrpcCall(HttpContext context)
{
    public const int Ok = 0;
    public const int Unimplemented = 12;
    public const int Unauthenticated = 16;

    private const int PrefixLength = 5;
    private const int MaxRequestBytes = 64 * 1024;

    public async Task<ProtobufReader> ReadAsync(CancellationToken cancellationToken)
    {
        var prefix = new byte[PrefixLength];
        await context.Request.Body.ReadExactlyAsync(prefix, cancellationToken).ConfigureAwait(false);

        var length = BinaryPrimitives.ReadInt32BigEndian(prefix.AsSpan(1));

        if (length is < 0 or > MaxRequestBytes)
        {
            throw new InvalidDataException($"A request of {length} bytes is not expected here.");
        }

        var message = new byte[length];
        await context.Request.Body.ReadExactlyAsync(message, cancellationToken).ConfigureAwait(false);
        return new ProtobufReader(message);
    }

    public async Task SendAsync(ProtobufWriter message, CancellationToken cancellationToken)
    {
        var bytes = message.ToArray();
        var frame = new byte[PrefixLength + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), bytes.Length);
        bytes.CopyTo(frame, PrefixLength);
        await context.Response.BodyWriter.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends the headers, for a stream that has no message yet.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken) =>
        await context.Response.BodyWriter.FlushAsync(cancellationToken).ConfigureAwait(false);

    public void End(int status)
    {
        var text = status.ToString(CultureInfo.InvariantCulture);

        if (context.Response.HasStarted)
        {
            context.Response.AppendTrailer("grpc-status", text);
        }
        else
        {
            context.Response.Headers["grpc-status"] = text;
        }
    }
}
