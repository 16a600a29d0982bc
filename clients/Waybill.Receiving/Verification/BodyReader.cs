using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Waybill.Receiving.Verification;

/// <summary>Reads a body once, as it came, and no further than it may be long.</summary>
internal static class BodyReader
{
    private const int FirstBytes = 4096;

    /// <returns>Null where it is longer.</returns>
    /// <exception cref="IOException">It broke off, came too slowly, or is malformed; a <see cref="BadHttpRequestException"/> where the server says so.</exception>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        // Grows with what has come, not with what was announced.
        var buffer = new ArrayBufferWriter<byte>(FirstBytes);

        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.GetMemory(FirstBytes), cancellationToken);
            buffer.Advance(read);

            if (buffer.WrittenCount > maxBytes)
            {
                return null;
            }

            if (read == 0)
            {
                return buffer.WrittenMemory;
            }
        }
    }
}
