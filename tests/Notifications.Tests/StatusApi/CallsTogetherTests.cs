using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;

namespace Waybill.Notifications.Tests.StatusApi;

/// <summary>What becomes of calls to the status service where those that come while others are under way may share a request.</summary>
public sealed class CallsTogetherTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private HeldService _service = null!;
    private StatusClient _client = null!;

    public async Task InitializeAsync()
    {
        _service = await HeldService.StartAsync();
        _client = Client(_service.Url);

        // The first call takes longer than all others, as its code is new.
        var first = _client.QueuedAsync("first", None);
        await (await _service.NextAsync()).ApplyAsync();
        await first;

        // With both of its lanes free for certain.
        _client = Client(_service.Url);
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task A_lone_call_is_sent_at_once_as_the_one_line_of_a_request_with_its_trace()
    {
        using var caller = new Activity("caller").Start();
        var claim = _client.ClaimAsync("ntf_1", new ClaimRequest("worker-1", "token-1"), None);

        var request = await _service.NextAsync();
        await request.WriteLineAsync(0, 404);
        request.End();

        var call = Assert.Single(request.Calls);
        Assert.Equal((StatusRoutes.Prefix + StatusRoutes.Batch, "application/x-ndjson"), (request.Path, request.ContentType));
        Assert.Equal((StatusClient.Claim, "ntf_1", caller.Id), (call.Transition, call.Id, call.Traceparent));
        Assert.Equal("""{"worker":"worker-1","token":"token-1"}""", Encoding.UTF8.GetString(call.Body.Span));
        Assert.Null(request.Traceparent);
        Assert.Equal((null, null), await claim);
    }

    [Fact]
    public async Task A_call_that_waited_alone_goes_alone_and_in_its_own_trace()
    {
        TakeLanes();
        using var caller = new Activity("caller").Start();
        var waited = _client.QueuedAsync("ntf_3", None);

        var (one, two) = await Takers();
        await one.ApplyAsync();
        var request = await _service.NextAsync();
        await request.ApplyAsync();

        var call = Assert.Single(request.Calls);
        Assert.Equal((StatusClient.Queued, "ntf_3", caller.Id), (call.Transition, call.Id, call.Traceparent));
        Assert.True((await waited).Applied);
        await two.ApplyAsync();
    }

    [Fact]
    public async Task A_large_call_waits_for_nobody_and_nobody_for_it()
    {
        TakeLanes();
        _ = await Takers();
        var large = _client.RollBackAsync("ntf_3", new RollBackRequest(7, new string('x', 64 * 1024), 1), None);

        var request = await _service.NextAsync();
        await request.ApplyAsync();

        Assert.Equal("ntf_3", Assert.Single(request.Calls).Id);
        Assert.True((await large).Applied);
    }

    [Fact]
    public async Task Where_calls_share_no_requests_each_has_one_of_its_own_at_once()
    {
        _client = Client(_service.Url, together: false);
        var calls = Queue(5);
        var requests = new List<HeldRequest>();

        foreach (var _ in calls)
        {
            requests.Add(await _service.NextAsync());
        }

        Assert.All(requests, request => Assert.Single(request.Calls));
        Assert.Equal(5, requests.Select(request => request.Calls[0].Id).Distinct().Count());
        await Task.WhenAll(requests.Select(request => request.ApplyAsync()));
        Assert.All(await Task.WhenAll(calls), outcome => Assert.True(outcome.Applied));
    }

    [Fact]
    public async Task Calls_that_come_while_two_requests_are_under_way_share_one()
    {
        var spans = new List<string>();

        // Its span must not be taken for that of the request, which is sent where its answer comes.
        using (new Activity("somebody else").Start())
        {
            TakeLanes();
        }

        foreach (var call in new Action[]
        {
            () => _ = _client.QueuedAsync("ntf_3", None),
            () => _ = _client.ClaimAsync("ntf_4", new ClaimRequest("wörker"), None),
            () => _ = _client.RollBackAsync("ntf_5", new RollBackRequest(7, "line\nbreak", 1.5), None),
        })
        {
            using var caller = new Activity("caller").Start();
            spans.Add(caller.Id!);
            call();
        }

        _ = _client.CancelAsync("ntf_6", None);
        var (one, _) = await Takers();
        await one.ApplyAsync();
        var request = await _service.NextAsync();

        Assert.Equal("/internal/batch", request.Path);
        Assert.Equal("application/x-ndjson", request.ContentType);
        Assert.Null(request.Traceparent);
        Assert.Equal(
            [
                ("ntf_3", StatusClient.Queued),
                ("ntf_4", StatusClient.Claim),
                ("ntf_5", StatusClient.RollBack),
                ("ntf_6", StatusClient.Cancel),
            ],
            request.Calls.Select(call => (call.Id, call.Transition)));
        Assert.Equal([.. spans, null], request.Calls.Select(call => call.Traceparent));
        Assert.Equal([true, false, false, false], request.Calls.Select(call => call.Minimal));
        Assert.Equal((0, 0), (request.Calls[0].Body.Length, request.Calls[3].Body.Length));
        Assert.Equal("wörker", JsonSerializer.Deserialize(request.Calls[1].Body.Span, NotificationsJson.Default.ClaimRequest)!.Worker);
        Assert.Equal("line\nbreak", JsonSerializer.Deserialize(request.Calls[2].Body.Span, NotificationsJson.Default.RollBackRequest)!.Error);
    }

    [Fact]
    public async Task No_request_has_more_than_64_calls()
    {
        TakeLanes();
        _ = Queue(100);

        var (one, two) = await Takers();
        await one.ApplyAsync();
        await two.ApplyAsync();
        IEnumerable<int> sizes = [(await _service.NextAsync()).Calls.Count, (await _service.NextAsync()).Calls.Count];

        Assert.Equal([36, 64], sizes.Order());
    }

    [Fact]
    public async Task Each_call_gets_its_own_answer_whatever_the_order_of_the_lines()
    {
        TakeLanes();
        var minimal = _client.QueuedAsync("minimal", None);
        var applied = _client.CancelAsync("applied", None);
        var refused = _client.CancelAsync("refused", None);
        var absent = _client.CancelAsync("absent", None);
        var nothingWritten = _client.CancelAsync("nothing-written", None);
        var perhapsWritten = _client.CancelAsync("perhaps-written", None);
        var claimedByOther = _client.ClaimAsync("claimed", new ClaimRequest("worker"), None);

        var (one, _) = await Takers();
        await one.ApplyAsync();
        var request = await _service.NextAsync();
        await request.WriteLineAsync(6, 409, Record("claimed"));
        await request.WriteLineAsync(5, 503);
        await request.WriteLineAsync(4, 503, nothingWritten: true);
        await request.WriteLineAsync(2, 409, Record("refused"));
        await request.WriteLineAsync(3, 404, """{"title":"There is no such notification."}""");
        await request.WriteLineAsync(0, 200);
        await request.WriteLineAsync(1, 200, Record("applied"));
        request.End();

        Assert.Equal(new TransitionOutcome(true, null), await minimal);
        Assert.Equal((true, "applied"), ((await applied).Applied, (await applied).Record?.Id));
        Assert.Equal((false, "refused"), ((await refused).Applied, (await refused).Record?.Id));
        Assert.Equal(new TransitionOutcome(false, null), await absent);
        Assert.True((await Fails(nothingWritten)).NothingWritten);
        Assert.False((await Fails(perhapsWritten)).NothingWritten);
        Assert.Equal((null, "claimed"), ((await claimedByOther).Claim, (await claimedByOther).Current?.Id));
    }

    [Fact]
    public async Task A_lone_call_gets_the_same_answers()
    {
        Assert.Equal((true, "a"), Of(await Lone(200, Record("a"))));
        Assert.Equal((true, null), Of(await Lone(200)));
        Assert.Equal((false, "b"), Of(await Lone(409, Record("b"))));
        Assert.Equal((false, null), Of(await Lone(404)));
        Assert.True((await Fails(Lone(503, nothingWritten: true))).NothingWritten);
        Assert.False((await Fails(Lone(503))).NothingWritten);

        static (bool Applied, string? Id) Of(TransitionOutcome outcome) => (outcome.Applied, outcome.Record?.Id);
    }

    [Fact]
    public async Task A_connection_that_breaks_fails_only_those_without_an_answer()
    {
        var (request, calls) = await Batch(3);
        await request.WriteLineAsync(1, 200);
        Assert.True((await calls[1]).Applied);
        await request.WriteAsync("""{"call":2,"status":200""");

        request.Cut();

        Assert.False((await Fails(calls[0])).NothingWritten);
        Assert.False((await Fails(calls[2])).NothingWritten);
        Assert.True((await calls[1]).Applied);
    }

    [Theory]
    [InlineData("", "ended its answer early")]
    [InlineData("{\"call\":0,", "cannot be read")]
    [InlineData("not json\n", "cannot be read")]
    [InlineData("{\"call\":3,\"status\":200}\n", "cannot be read")]
    public async Task An_answer_that_is_not_one_fails_those_without_theirs(string rest, string message)
    {
        var (request, calls) = await Batch(3);
        await request.WriteLineAsync(1, 200);
        await request.WriteAsync(rest);
        request.End();

        Assert.True((await calls[1]).Applied);
        Assert.Contains(message, (await Fails(calls[0])).Message, StringComparison.Ordinal);
        Assert.Contains(message, (await Fails(calls[2])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_refused_as_a_whole_fails_all_of_its_calls()
    {
        var (request, calls) = await Batch(3);
        await request.RefuseAsync(401, "no key");

        Assert.All(await Task.WhenAll(calls.Select(Fails)), failure => Assert.Contains("401: no key", failure.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_that_is_never_answered_fails_by_the_timeout(bool oneLineComes)
    {
        _client = Client(_service.Url, TimeSpan.FromSeconds(1));
        var (request, calls) = await Batch(3);

        if (oneLineComes)
        {
            await request.WriteLineAsync(1, 200);
        }

        var failures = await Task.WhenAll(Fails(calls[0]), Fails(calls[2]));

        Assert.All(failures, failure => Assert.Contains("in time", failure.Message, StringComparison.Ordinal));
        Assert.All(failures, failure => Assert.False(failure.NothingWritten));
        Assert.Equal(oneLineComes, calls[1].IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_call_that_was_cancelled_while_it_waited_is_not_sent()
    {
        using var cancellation = new CancellationTokenSource();
        TakeLanes();
        var wanted = Queue(2);
        var cancelled = _client.QueuedAsync("cancelled", cancellation.Token);
        wanted = [.. wanted, .. Queue(1)];

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        var (one, two) = await Takers();
        await one.ApplyAsync();
        var request = await _service.NextAsync();
        await request.ApplyAsync();

        Assert.Equal(3, request.Calls.Count);
        Assert.DoesNotContain(request.Calls, call => call.Id == "cancelled");
        Assert.All(await Task.WhenAll(wanted), outcome => Assert.True(outcome.Applied));
        await two.ApplyAsync();
        Assert.False(_service.HasMore);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_under_way_takes_nothing_from_the_others_of_its_request()
    {
        using var cancellation = new CancellationTokenSource();
        TakeLanes();
        var wanted = Queue(1);
        var cancelled = _client.QueuedAsync("cancelled", cancellation.Token);
        var (one, _) = await Takers();
        await one.ApplyAsync();
        var request = await _service.NextAsync();

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await request.ApplyAsync();

        Assert.True((await wanted[0]).Applied);
    }

    [Fact]
    public async Task Requests_that_get_no_answer_hold_up_nobody_for_long()
    {
        const int Count = 200;
        TakeLanes();
        var watch = Stopwatch.StartNew();
        Queue(Count);

        // Three full requests and a rest, and not one answer.
        for (var calls = 0; calls < Count;)
        {
            calls += (await _service.NextAsync()).Calls.Count;
        }

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_request_whose_first_answer_came_holds_up_nobody()
    {
        const int Rounds = 40;
        const int Calls = 6;

        // The time that a lane waits for a request without any answer never passes: nothing but an answer frees one.
        _client = Client(_service.Url, time: new FakeTimeProvider());

        foreach (var _ in Enumerable.Range(0, Rounds))
        {
            Queue(Calls);

            for (var calls = 0; calls < Calls;)
            {
                var request = await _service.NextAsync();
                calls += request.Calls.Count;
                await request.WriteLineAsync(0, 200);

                if (request.Calls.Count == 1)
                {
                    request.End();
                }
            }

            Assert.False(_service.HasMore);
        }
    }

    [Fact]
    public async Task Where_the_connection_is_refused_nothing_was_written()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        _client = Client(new Uri($"http://127.0.0.1:{port}"));

        var failures = await Task.WhenAll(Queue(10).Select(Fails));

        Assert.All(failures, failure => Assert.True(failure.NothingWritten, failure.Message));
    }

    private static StatusClient Client(Uri url, TimeSpan? timeout = null, bool together = true, TimeProvider? time = null)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url, Timeout = timeout ?? HeldService.Deadline };
        return new StatusClient(http, together, time);
    }

    /// <summary>Two calls that get under way, so that the next ones wait: for 200 ms, or until one of <see cref="Takers"/> is answered.</summary>
    private void TakeLanes() => Queue(2);

    /// <summary>Known by what they ask: on a busy machine a lane is free again before they arrive, and what was sent later may come first.</summary>
    private async Task<(HeldRequest One, HeldRequest Two)> Takers()
    {
        var takers = new List<HeldRequest>();
        var others = new List<HeldRequest>();

        while (takers.Count < 2)
        {
            var request = await _service.NextAsync();
            (request.Calls is [{ Id: "ntf_0" or "ntf_1" }] ? takers : others).Add(request);
        }

        others.ForEach(_service.PutBack);
        return (takers[0], takers[1]);
    }

    /// <summary>Calls that share a request, and that request.</summary>
    private async Task<(HeldRequest Request, List<Task<TransitionOutcome>> Calls)> Batch(int count)
    {
        TakeLanes();
        var calls = Queue(count);
        var (one, two) = await Takers();
        await one.ApplyAsync();
        var request = await _service.NextAsync();
        await two.ApplyAsync();

        Assert.Equal(count, request.Calls.Count);
        return (request, calls);
    }

    private List<Task<TransitionOutcome>> Queue(int count) =>
        [.. Enumerable.Range(0, count).Select(number => _client.QueuedAsync($"ntf_{number}", None))];

    private async Task<TransitionOutcome> Lone(int status, string? body = null, bool nothingWritten = false)
    {
        var call = _client.CancelAsync("ntf_1", None);
        var request = await _service.NextAsync();
        await request.WriteLineAsync(0, status, body, nothingWritten);
        request.End();
        return await call;
    }

    private static Task<StatusUnavailableException> Fails(Task<TransitionOutcome> call) =>
        Assert.ThrowsAsync<StatusUnavailableException>(() => call.WaitAsync(HeldService.Deadline));

    private static string Record(string id) => JsonSerializer.Serialize(
        new NotificationRecord
        {
            Id = id,
            Owner = "alice",
            Status = NotificationStatus.Queued,
            Version = 2,
            Epoch = 0,
            Url = "http://127.0.0.1:9/hook",
            Method = "POST",
            TimeoutSeconds = 15,
            Attempts = 0,
            MaxAttempts = 10,
            Claims = 0,
            CreatedAt = DateTimeOffset.UnixEpoch,
            LastUpdatedAt = DateTimeOffset.UnixEpoch,
            Fingerprint = "fingerprint",
        },
        NotificationsJson.Default.NotificationRecord);
}
