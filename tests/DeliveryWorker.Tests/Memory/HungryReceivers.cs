using System.IO.Compression;
using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Memory;

/// <summary>Receivers that would fill the memory of a sender that keeps what it is sent; and one that does nothing of the kind.</summary>
internal static class HungryReceivers
{
    public const string Quiet = "a quiet one";

    private const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n";

    private static readonly string Kilobyte = new('x', 1024);
    private static readonly string Chunk = $"2000\r\n{new string('x', 0x2000)}\r\n";
    private static readonly byte[] Bomb = Pack(20_000_000);

    /// <summary>By name: what each does once it has a request.</summary>
    public static IReadOnlyDictionary<string, Func<RawConnection, Task>> All { get; } = new Dictionary<string, Func<RawConnection, Task>>
    {
        ["a hundred gigabytes of body"] = connection => FloodAsync(connection, "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", Kilobyte),
        ["a body without an end"] = connection => FloodAsync(connection, $"{Chunked}\r\n", Chunk),
        ["a body that drips"] = connection => DripAsync(connection, "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", Kilobyte),
        ["a gzip bomb"] = BombAsync,
        ["a flood of headers"] = connection => FloodAsync(connection, "HTTP/1.1 200 OK\r\n", $"X-Flood: {Kilobyte}\r\n"),
        ["a header without an end"] = connection => FloodAsync(connection, "HTTP/1.1 200 OK\r\nX-Flood: ", Kilobyte),
        ["a flood of interim answers"] = connection => FloodAsync(connection, "", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
        ["an extension of a chunk without an end"] = connection => FloodAsync(connection, $"{Chunked}\r\n5;a=", Kilobyte),
        ["a flood of trailers"] = connection => FloodAsync(connection, $"{Chunked}\r\n0\r\n", $"X-Flood: {Kilobyte}\r\n"),
        ["no answer"] = connection => connection.HoldAsync(),
        [Quiet] = connection => connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
    };

    public static RawServer Start(string name) => new(async connection =>
    {
        while (await connection.ReadRequestAsync() is not null)
        {
            await All[name](connection);
        }
    });

    private static async Task FloodAsync(RawConnection connection, string head, string more)
    {
        await connection.WriteAsync(head);
        await RudeCall.RepeatAsync(connection, more, TimeSpan.Zero);
    }

    private static async Task DripAsync(RawConnection connection, string head, string more)
    {
        await connection.WriteAsync(head);
        await RudeCall.RepeatAsync(connection, more, TimeSpan.FromMilliseconds(100));
    }

    private static async Task BombAsync(RawConnection connection)
    {
        await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {Bomb.Length}\r\n\r\n");
        await connection.WriteAsync(Bomb);
    }

    private static byte[] Pack(int zeros)
    {
        using var packed = new MemoryStream();

        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(new byte[zeros]);
        }

        return packed.ToArray();
    }
}
