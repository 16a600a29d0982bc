using System.Buffers;
using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>Reads an answer's body without keeping it.</summary>
internal static class ResponseBody
{
    /// <summary>Most bytes that are read: 64 KiB. A longer body counts as answered; the rest is left, and the connection closed.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int BufferBytes = 8 * 1024;

    /// <summary>Reads to the end or to <see cref="MaxBytes"/>; throws as the stream does.</summary>
    public static async Task<string?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var head = new byte[ErrorDetails.MaxResponseBytes];
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var total = 0;
        var complete = false;

        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellationToken);

            while (total < MaxBytes)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(0, Math.Min(BufferBytes, MaxBytes - total)), cancellationToken);

                if (read == 0)
                {
                    complete = true;
                    break;
                }

                Keep(buffer.AsSpan(0, read), head, total);
                total += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return ResponseExcerpt.Of(head.AsSpan(0, Math.Min(total, head.Length)), total, complete, content.Headers);
    }

    private static void Keep(ReadOnlySpan<byte> bytes, byte[] head, int before)
    {
        if (before < head.Length)
        {
            bytes[..Math.Min(bytes.Length, head.Length - before)].CopyTo(head.AsSpan(before));
        }
    }
}
