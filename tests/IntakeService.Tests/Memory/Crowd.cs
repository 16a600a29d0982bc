using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Waybill.IntakeService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Memory;

/// <summary>Owners that post all at once what they may, to an intake service of their own; and Bob, who posts something small now and then.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    public const int Owners = 8;

    /// <summary>TestKeys has so many.</summary>
    private const int FirstIndex = 4;

    private readonly ServiceProcess _intake;
    private readonly IntakeClient _bob;

    private Crowd(ServiceProcess intake)
    {
        _intake = intake;
        _bob = new IntakeClient(intake.Url, TestKeys.Bob);
    }

    public Uri Url => _intake.Url;

    public int PeakMebibytes => PeakMemory.MebibytesOf(_intake.ProcessId);

    public string Printed => _intake.Printed;

    public static async Task<Crowd> ComeToAsync(IntakeSetup setup)
    {
        // What waits for a busy machine waits in memory.
        var keys = Enumerable.Range(0, Owners).SelectMany(Settings).Append(("StatusService__TimeoutSeconds", "60")).ToArray();
        return new Crowd(await setup.StartIntakeAsync(keys));
    }

    public static string KeyOf(int owner) => string.Create(CultureInfo.InvariantCulture, $"key-of-hungry-{owner}");

    /// <summary>Posts all at once, and Bob's beside them.</summary>
    /// <param name="owners">How many owners, of which each posts as often.</param>
    /// <returns>How often each status was answered; 0 is a connection that was given up.</returns>
    public async Task<IReadOnlyDictionary<int, int>> PostAsync(string path, byte[] body, int owners, int times, bool saysHowLong = true)
    {
        using var http = Client();
        var answers = new ConcurrentDictionary<int, int>();

        var posts = Task.WhenAll(Enumerable.Range(0, owners * times).Select(number =>
            CountAsync(answers, PostAsync(http, path, body, KeyOf(number % owners), saysHowLong))));

        do
        {
            await AssertThatBobIsServedAsync();
        }
        while (!posts.IsCompleted);

        await posts;
        return answers;
    }

    /// <summary>Posts of one owner, all at once and with nobody beside them.</summary>
    /// <param name="answers">Where each status is counted as it comes.</param>
    public async Task PostAloneAsync(string path, byte[] body, int owner, int times, ConcurrentDictionary<int, int> answers)
    {
        using var http = Client();
        await Task.WhenAll(Enumerable.Range(0, times).Select(_ => CountAsync(answers, PostAsync(http, path, body, KeyOf(owner), saysHowLong: true))));
    }

    public async Task AssertThatBobIsServedAsync()
    {
        var reply = await _bob.SubmitAsync("""{"url":"http://127.0.0.1:9/hook","payload":{"order":4711}}""");
        Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode);
    }

    public ValueTask DisposeAsync() => _intake.DisposeAsync();

    /// <summary>Begins many posts and leaves them there: each has sent this much and then nothing.</summary>
    /// <returns>The connections.</returns>
    public async Task<IReadOnlyList<TcpClient>> BeginAsync(int count, string text)
    {
        var connections = new List<TcpClient>();

        for (var number = 0; number < count; number++)
        {
            var connection = new TcpClient();
            connections.Add(connection);
            await connection.ConnectAsync(Url.Host, Url.Port);

            // The server does not read more than it wants to have.
            _ = SendAsync(connection, Encoding.ASCII.GetBytes(text));
        }

        return connections;
    }

    private HttpClient Client() => new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Url, Timeout = TimeSpan.FromMinutes(5) };

    private static async Task CountAsync(ConcurrentDictionary<int, int> answers, Task<int> status) =>
        answers.AddOrUpdate(await status, 1, (_, count) => count + 1);

    private static async Task SendAsync(TcpClient connection, byte[] bytes)
    {
        try
        {
            await connection.GetStream().WriteAsync(bytes);
        }
        catch (IOException)
        {
            // It was refused.
        }
        catch (ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task<int> PostAsync(HttpClient http, string path, byte[] body, string key, bool saysHowLong)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.TransferEncodingChunked = !saysHowLong;
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        try
        {
            using var answer = await http.SendAsync(request);
            Assert.True(answer.StatusCode != HttpStatusCode.TooManyRequests || answer.Headers.RetryAfter is not null, "429 without Retry-After");
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // Answered before all of the body was sent.
            return 0;
        }
    }

    private static IEnumerable<(string Name, string Value)> Settings(int owner)
    {
        var section = string.Create(CultureInfo.InvariantCulture, $"ApiKeys__Keys__{FirstIndex + owner}__");
        yield return (section + "Name", KeyOf(owner));
        yield return (section + "Owner", KeyOf(owner));
        yield return (section + "Role", "client");
        yield return (section + "Sha256", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(KeyOf(owner)))));
    }
}
