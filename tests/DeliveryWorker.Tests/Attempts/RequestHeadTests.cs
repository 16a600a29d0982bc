using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Attempts;

/// <summary>The head of an HTTP/1.1 request, as it stands on the wire.</summary>
public sealed class RequestHeadTests
{
    private static readonly (string, string)[] OfABody =
    [
        ("Allow", "GET"),
        ("Content-Disposition", "inline"),
        ("Content-Encoding", "identity"),
        ("Content-Language", "de"),
        ("Content-Location", "/a"),
        ("Content-MD5", "x"),
        ("Content-Range", "bytes 0-1/2"),
        ("Expires", "0"),
        ("Last-Modified", "Fri, 20 Nov 2026 19:31:14 GMT"),
    ];

    [Theory]
    [InlineData("GET", false)]
    [InlineData("DELETE", false)]
    [InlineData("DELETE", true)]
    public async Task Nothing_is_said_of_a_body_where_there_is_none(string method, bool isEmpty)
    {
        await using var wire = new Wire();

        var requests = await wire.SendAsync(A.Request("", method, isEmpty ? [] : null, OfABody), calls: 2);

        foreach (var request in requests)
        {
            Assert.DoesNotContain("Content-Length", request, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Transfer-Encoding", request, StringComparison.OrdinalIgnoreCase);
            Assert.EndsWith("\r\n\r\n", request, StringComparison.Ordinal);
            Assert.All(OfABody, header => Assert.Contains($"\r\n{header.Item1}: {header.Item2}\r\n", request, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Other_methods_say_that_the_body_is_empty(string method)
    {
        await using var wire = new Wire();

        var plain = (await wire.SendAsync(A.Request("", method))).Single();
        var described = (await wire.SendAsync(A.Request("", method, null, ("Content-Language", "de")))).Single();

        Assert.Contains("\r\nContent-Length: 0\r\n", plain, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Length: 0\r\n", described, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Language: de\r\n", described, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", 10)]
    [InlineData("POST", 100_000)]
    [InlineData("DELETE", 10)]
    [InlineData("GET", 0)]
    public async Task Names_of_headers_keep_the_clients_case(string method, int bytes)
    {
        (string Name, string Value)[] headers =
        [
            ("authorization", "Bearer Authorization: x"),
            ("ACCEPT", "*/*"),
            ("user-AGENT", "Shop"),
            ("x-Own", "authorization: 1"),
            ("content-language", "de"),
            ("Date", "x"),
        ];
        var body = bytes == 0 ? null : Enumerable.Repeat((byte)'\n', bytes).ToArray();
        await using var wire = new Wire();

        var requests = await wire.SendAsync(A.Request("", method, body, headers), calls: 2);

        foreach (var request in requests)
        {
            Assert.All(headers, header => Assert.Contains($"\r\n{header.Name}: {header.Value}\r\n", request, StringComparison.Ordinal));
            Assert.Equal(bytes, request.Length - request.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4);
        }
    }

    /// <summary>A server that keeps its connection and all that came over it.</summary>
    private sealed class Wire : IAsyncDisposable
    {
        private readonly List<string> _requests = [];
        private readonly RawServer _server;
        private readonly TestAttempt _attempt = new();

        public Wire() => _server = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                _requests.Add(request);
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        });

        public async Task<List<string>> SendAsync(Notifications.Records.NotificationRequest request, int calls = 1)
        {
            _requests.Clear();

            for (var call = 0; call < calls; call++)
            {
                var outcome = await _attempt.Attempt.MakeAsync(A.Claim(_server.Url) with { Request = request with { Url = _server.Url } });
                Assert.Equal(200, outcome.Response?.StatusCode);
            }

            // Anything that a call left behind would stand before the next one, or would have broken the connection.
            Assert.Equal(1, _server.Accepted);
            return [.. _requests];
        }

        public async ValueTask DisposeAsync()
        {
            _attempt.Dispose();
            await _server.DisposeAsync();
        }
    }
}
