using System.Net;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Egress;
using Waybill.DeliveryWorker.Tests.Support;
using Waybill.Notifications.Signing;

namespace Waybill.DeliveryWorker.Tests.Attempts;

/// <summary>What HTTP/2 says was not processed is sent again and stays one call; all else is a failure.</summary>
public sealed class Http2Tests
{
    private const int NoError = 0;
    private const int InternalError = 2;
    private const int RefusedStream = 7;
    private const int Cancel = 8;
    private const int EnhanceYourCalm = 0xb;
    private const int Http11Required = 0xd;

    [Theory]
    [InlineData(false, 60)]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    public async Task A_receiver_that_drains_gets_every_call_once(bool closes, int atATime)
    {
        var answered = 0;
        await using var server = new Http2Server(async (peer, stream) =>
        {
            peer.Requests++;

            if (peer.Requests == 5)
            {
                peer.Last = stream;
                await peer.GoAwayAsync(peer.Last);
            }

            // What is above it is not looked at, as the frame said.
            if (stream <= peer.Last)
            {
                Interlocked.Increment(ref answered);
                await peer.AnswerAsync(stream);
            }

            if (peer.Requests == 5 && closes)
            {
                peer.End();
            }
        });
        using var attempt = new TestAttempt(tls: server.Trusting());

        var outcomes = await PostManyAsync(attempt, server.Url, 60, atATime);

        Assert.All(outcomes, outcome => Assert.Equal((null, 200), (outcome.Failure?.ToString(), outcome.Response?.StatusCode)));
        Assert.Equal(60, answered);
    }

    [Fact]
    public async Task A_refused_stream_is_sent_again()
    {
        var requests = 0;
        await using var server = new Http2Server((peer, stream) =>
            Interlocked.Increment(ref requests) <= 6 ? peer.ResetAsync(stream, RefusedStream) : peer.AnswerAsync(stream));
        using var attempt = new TestAttempt(tls: server.Trusting());

        var outcome = await attempt.PostAsync(server.Url);

        Assert.Equal(200, outcome.Response?.StatusCode);
        Assert.Equal(7, requests);
    }

    [Fact]
    public async Task A_receiver_that_refuses_every_stream_is_a_failure_with_its_cause()
    {
        await using var server = new Http2Server((peer, stream) => peer.ResetAsync(stream, RefusedStream));
        using var attempt = new TestAttempt(tls: server.Trusting());

        var outcome = await attempt.PostAsync(server.Url, timeoutSeconds: 30);

        Assert.Equal(FailureKind.ProtocolError, outcome.Failure?.Kind);
        Assert.Contains("REFUSED_STREAM", outcome.Failure?.Message, StringComparison.Ordinal);
        Assert.InRange(server.Heads.Count, 10, 30);
    }

    [Theory]
    [InlineData(Cancel)]
    [InlineData(InternalError)]
    [InlineData(EnhanceYourCalm)]
    [InlineData(NoError)]
    public async Task Another_reset_is_a_failure_after_one_call(int code)
    {
        await using var server = new Http2Server((peer, stream) => peer.ResetAsync(stream, code));
        using var attempt = new TestAttempt(tls: server.Trusting());

        var outcome = await attempt.PostAsync(server.Url);

        Assert.Equal(FailureKind.ProtocolError, outcome.Failure?.Kind);
        Assert.Single(server.Heads);
    }

    [Fact]
    public async Task A_stream_within_a_GOAWAY_that_gets_no_answer_is_a_failure_after_one_call()
    {
        await using var server = new Http2Server(async (peer, stream) =>
        {
            await peer.GoAwayAsync(last: stream);
            peer.End();
        });
        using var attempt = new TestAttempt(tls: server.Trusting());

        var outcome = await attempt.PostAsync(server.Url);

        Assert.NotNull(outcome.Failure);
        Assert.Single(server.Heads);
    }

    [Fact]
    public async Task A_GOAWAY_that_came_before_is_no_ones_failure()
    {
        await using var server = new Http2Server(async (peer, stream) =>
        {
            await peer.AnswerAsync(stream);
            await peer.GoAwayAsync(last: stream);
            peer.End();
        });
        using var attempt = new TestAttempt(tls: server.Trusting());

        var outcomes = await PostManyAsync(attempt, server.Url, 30, atATime: 1);

        Assert.All(outcomes, outcome => Assert.Equal((null, 200), (outcome.Failure?.ToString(), outcome.Response?.StatusCode)));
        Assert.Equal(30, server.Heads.Count);
    }

    /// <summary>Several times, as the handler must have seen both, the GOAWAY and the end, in that moment; with the first alone it repeats by itself.</summary>
    [Theory]
    [MemberData(nameof(Tries))]
    public async Task A_connection_that_ends_between_the_head_and_its_stream_is_no_ones_failure(int number)
    {
        var goesAway = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hasGone = 0;
        await using var server = new Http2Server(async (peer, stream) =>
        {
            await peer.AnswerAsync(stream);

            if (Interlocked.Exchange(ref hasGone, 1) == 0)
            {
                await goesAway.Task;
                await peer.GoAwayAsync(last: stream);
                peer.End();
            }
        });
        using var attempt = new TestAttempt(tls: server.Trusting());
        await attempt.PostAsync(server.Url);

        // The head is written when the clock is asked: then the connection goes, and another call is made over the next one.
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Url) { Version = HttpVersion.Version20, Content = new DeliveryBody([(byte)number]) };
        request.Headers.Add(WebhookHeaders.Id, "ntf_x");
        request.Options.Set(CallTimeline.Key, new CallTimeline(new ClockThat(() =>
        {
            if (goesAway.TrySetResult())
            {
                attempt.PostAsync(server.Url, timeoutSeconds: 30).Wait(TimeSpan.FromSeconds(30));
            }
        })));
        using var response = await Task.Run(() => attempt.Http.SendAsync(request, CancellationToken.None));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal((2, 3), (server.Accepted, server.Heads.Count));
    }

    public static TheoryData<int> Tries => [.. Enumerable.Range(1, 3)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_receiver_that_requires_HTTP_1_1_is_called_over_it_from_then_on(bool byReset)
    {
        await using var server = new Http2Server((peer, stream) =>
            byReset ? peer.ResetAsync(stream, Http11Required) : peer.GoAwayAsync(last: 0, Http11Required));
        using var attempt = new TestAttempt(tls: server.Trusting());

        var first = await attempt.PostAsync(server.Url);
        var second = await attempt.PostAsync(server.Url);

        Assert.Equal((200, 200), (first.Response?.StatusCode, second.Response?.StatusCode));
        Assert.Equal(2, server.Http1Requests);
        Assert.InRange(server.Heads.Count, 1, byReset ? 1 : 20);
    }

    [Fact]
    public async Task Names_of_headers_are_in_lower_case_and_no_length_is_told_where_there_is_no_body()
    {
        await using var server = new Http2Server((peer, stream) => peer.AnswerAsync(stream));
        using var attempt = new TestAttempt(tls: server.Trusting());
        var request = A.Request(server.Url + "%41/..?|", "GET", null, ("X-Own", "1"), ("AUTHORIZATION", "x"), ("Content-LANGUAGE", "de"));

        var outcome = await attempt.Attempt.MakeAsync(A.Claim(server.Url) with { Request = request });

        var head = server.Heads.Single();
        Assert.Equal(200, outcome.Response?.StatusCode);
        Assert.Contains("x-own", head, StringComparison.Ordinal);
        Assert.DoesNotContain("AUTHORIZATION", head, StringComparison.Ordinal);
        Assert.DoesNotContain("content-length", head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("/%41/..?|", head, StringComparison.Ordinal);
    }

    private static async Task<AttemptOutcome[]> PostManyAsync(TestAttempt attempt, string url, int calls, int atATime)
    {
        var outcomes = new List<AttemptOutcome>();

        while (outcomes.Count < calls)
        {
            outcomes.AddRange(await Task.WhenAll(Enumerable.Range(0, atATime).Select(_ => attempt.PostAsync(url, timeoutSeconds: 30))));
        }

        return [.. outcomes];
    }

    /// <summary>Tells the time, and does something before.</summary>
    private sealed class ClockThat(Action first) : TimeProvider
    {
        public override long GetTimestamp()
        {
            first();
            return base.GetTimestamp();
        }
    }
}
