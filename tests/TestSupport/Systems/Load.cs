using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Waybill.Notifications.Records;

namespace Waybill.TestSupport.Systems;

/// <summary>
/// Posts notifications to intake at a bounded rate, each with an idempotency key of its own. A post that waits for its answer
/// does not hold up the next one, and one that fails is not repeated.
/// </summary>
public sealed class Load : IDisposable
{
    private const int RepeatsAtATime = 20;

    private static readonly JsonSerializerOptions WithoutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly ConcurrentQueue<Post> _posts = new();
    private readonly HttpClient _http;
    private readonly IReadOnlyList<Uri> _receivers;
    private readonly LoadShape _shape;
    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly ConcurrentQueue<string> _begun = new();

    private Load(Uri intake, IReadOnlyList<Uri> receivers, LoadShape shape)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = intake };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestKeys.Alice);
        _receivers = receivers;
        _shape = shape;
        Completion = RunAsync();
    }

    /// <summary>Ends when every post has been answered or has failed.</summary>
    public Task Completion { get; }

    /// <summary>Those that have been answered or have failed so far.</summary>
    public IReadOnlyList<Post> Posts => [.. _posts];

    /// <summary>Ids of all posts that have been begun, answered or not.</summary>
    public IReadOnlyList<string> Begun => [.. _begun];

    /// <param name="receivers">Each gets its share; a repeat goes to the same one.</param>
    public static Load Start(Uri intake, IReadOnlyList<Uri> receivers, LoadShape shape) => new(intake, receivers, shape);

    /// <summary>Waits until that many posts have been begun.</summary>
    public Task ReachesAsync(int begun)
    {
        var planned = TimeSpan.FromSeconds((double)_shape.Count / _shape.PerSecond);
        return Eventually.BecomesAsync(() => Task.FromResult(_begun.Count), count => count >= begun, planned + Eventually.Deadline);
    }

    /// <summary>Posts once more, with the same keys, what was not accepted; as a client does that got an error.</summary>
    public async Task RepeatRefusedAsync()
    {
        var refused = Posts.Where(post => !post.IsAccepted).ToList();
        var results = Posts.Where(post => post.IsAccepted).ToList();

        foreach (var together in refused.Chunk(RepeatsAtATime))
        {
            results.AddRange(await Task.WhenAll(together.Select(post => PostAsync(post.IdempotencyKey))));
        }

        _posts.Clear();
        results.ForEach(_posts.Enqueue);
    }

    public void Dispose() => _http.Dispose();

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / _shape.PerSecond));
        var open = new List<Task>();

        for (var number = 1; number <= _shape.Count; number++)
        {
            var key = $"{_name}-{number}";
            _begun.Enqueue(IdOf(key));
            open.Add(NoteAsync(key));
            await timer.WaitForNextTickAsync();
        }

        await Task.WhenAll(open);
    }

    private async Task NoteAsync(string key) => _posts.Enqueue(await PostAsync(key));

    private async Task<Post> PostAsync(string key)
    {
        var id = IdOf(key);
        var body = new
        {
            url = _receivers[(int)((uint)key.GetHashCode(StringComparison.Ordinal) % _receivers.Count)],
            payload = new { key },
            timeoutSeconds = _shape.TimeoutSeconds,
            retrySchedule = _shape.RetrySchedule,
            deliverAt = _shape.DeliverAt,
        };

        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/notifications") { Content = JsonContent.Create(body, options: WithoutNulls) };
        request.Headers.Add("Idempotency-Key", key);

        try
        {
            using var answer = await _http.SendAsync(request);
            return new Post(id, key, answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException exception)
        {
            return new Post(id, key, null, exception.Message);
        }
    }

    private static string IdOf(string key) => NotificationId.FromIdempotencyKey("alice", key);
}
