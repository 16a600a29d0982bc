using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Waybill.TestSupport;

/// <summary>Answers one request on loopback with bytes as they are, however wrong, and closes the connection.</summary>
public sealed class OneAnswer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public OneAnswer(string answer)
    {
        _listener.Start();
        Answered = AnswerAsync(answer);
    }

    public Uri Url => new($"http://{_listener.LocalEndpoint}");

    public Task Answered { get; }

    public void Dispose() => _listener.Dispose();

    private async Task AnswerAsync(string answer)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);

        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
    }
}
