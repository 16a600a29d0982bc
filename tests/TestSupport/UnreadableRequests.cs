using System.Net.Sockets;
using System.Text;

namespace Waybill.TestSupport;

/// <summary>What a server cannot read as a request, by what is wrong with it, and the status that it answers with.</summary>
public static class UnreadableRequests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static IReadOnlyDictionary<string, (int Status, string Request)> All { get; } = new Dictionary<string, (int, string)>
    {
        ["no Host"] = (400, "GET /health HTTP/1.1\r\n\r\n"),
        ["two Hosts"] = (400, "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        ["a Host that is none"] = (400, "GET /health HTTP/1.1\r\nHost: a b\r\n\r\n"),
        ["two Content-Lengths"] = (400, "POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        ["a Content-Length that is no number"] = (400, "POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: one\r\n\r\n"),
        ["a header line without a colon"] = (400, "GET /health HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n"),
        ["a header name with a space"] = (400, "GET /health HTTP/1.1\r\nHost: a\r\nX Y: z\r\n\r\n"),
        ["a request line of one word"] = (400, "nonsense\r\n\r\n"),
        ["a target without a slash"] = (405, "GET health HTTP/1.1\r\nHost: a\r\n\r\n"),
        ["a target that is another host"] = (400, "GET http://b/health HTTP/1.1\r\nHost: a\r\n\r\n"),
        ["a target for proxies"] = (405, "GET a:443 HTTP/1.1\r\nHost: a\r\n\r\n"),
        ["an unknown version"] = (505, "GET /health HTTP/3.7\r\nHost: a\r\n\r\n"),
        ["a request line without an end"] = (414, $"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: a\r\n\r\n"),
        ["too many headers"] = (431, $"GET /health HTTP/1.1\r\nHost: a\r\n{string.Concat(Enumerable.Range(0, 200).Select(n => $"X-{n}: v\r\n"))}\r\n"),
        ["headers without an end"] = (431, $"GET /health HTTP/1.1\r\nHost: a\r\nX: {new string('a', 60_000)}\r\n\r\n"),
        ["the hello of TLS"] = (400, "\u0016\u0003\u0001\u0000\u0010\r\n\r\n"),
        ["a good request before it"] = (400, "GET /alive HTTP/1.1\r\nHost: a\r\n\r\nGET /alive HTTP/1.1\r\n\r\n"),
    };

    /// <returns>All that comes until the server closes the connection, of the last answer: its head and its body.</returns>
    public static async Task<(string Head, string Body)> SendAsync(Uri server, string request)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, deadline.Token);

        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), deadline.Token);

        using var all = new MemoryStream();

        try
        {
            await stream.CopyToAsync(all, deadline.Token);
        }
        catch (IOException)
        {
            // Closed while some of the request was still unread: what was answered before that has come.
        }

        var answers = Encoding.UTF8.GetString(all.ToArray());
        var last = answers[Math.Max(0, answers.LastIndexOf("HTTP/1.1 ", StringComparison.Ordinal))..];
        var end = last.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0 ? (last, "") : (last[..end], last[(end + 4)..]);
    }
}
