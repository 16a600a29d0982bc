using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Waybill.IntakeService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Memory;

/// <summary>Owners that post all at once what they may, to an intake service of their own; and Bob, who posts something small now and then.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int Owners = 8;

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
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Url, Timeout = TimeSpan.FromMinutes(5) };
        var answers = new ConcurrentDictionary<int, int>();

        var posts = Task.WhenAll(Enumerable.Range(0, owners * times).Select(async number =>
            answers.AddOrUpdate(await PostAsync(http, path, body, KeyOf(number % owners), saysHowLong), 1, (_, count) => count + 1)));

        do
        {
            await AssertThatBobIsServedAsync();
        }
        while (!posts.IsCompleted);

        await posts;
        return answers;
    }

    public async Task AssertThatBobIsServedAsync()
    {
        var reply = await _bob.SubmitAsync("""{"url":"http://127.0.0.1:9/hook","payload":{"order":4711}}""");
        Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode);
    }

    public ValueTask DisposeAsync() => _intake.DisposeAsync();

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
