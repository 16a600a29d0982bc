using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.Client.Tests;

/// <summary>Rules out that following asks too often, goes on after the end or misses it.</summary>
public sealed class FollowingTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();
    private readonly Answers _answers = new();
    private readonly HttpClient _http;
    private readonly WaybillClient _client;

    public FollowingTests()
    {
        _http = new HttpClient(_answers);
        _client = new WaybillClient(
            _http,
            new WaybillClientOptions { IntakeUrl = new Uri("http://intake.test"), StatusUrl = new Uri("http://status.test"), ApiKey = "key" },
            _time);
    }

    public void Dispose()
    {
        _http.Dispose();
        _answers.Dispose();
    }

    [Fact]
    public async Task A_notification_is_read_again_after_each_interval_until_it_is_final()
    {
        var first = View("QUEUED");
        _answers.Next.Enqueue(Json(View("FAILED", retried: true)));
        _answers.Next.Enqueue(Json(View("SUCCESS")));

        await using var readings = _client.FollowAsync(first, Interval).GetAsyncEnumerator();

        Assert.Equal(NotificationStatus.Failed, (await AfterAnIntervalAsync(readings)).Status);
        Assert.Equal(NotificationStatus.Success, (await AfterAnIntervalAsync(readings)).Status);
        await AssertEndedAsync(readings);
        Assert.Equal(Enumerable.Repeat($"http://status.test/v1/notifications/{first.Id}", 2), _answers.Asked);
    }

    [Fact]
    public async Task What_is_final_is_not_read_again()
    {
        await AssertEndedAsync(_client.FollowAsync(View("FAILED"), Interval).GetAsyncEnumerator());
        await AssertEndedAsync(_client.FollowAsync(Job("CANCELLED"), Interval).GetAsyncEnumerator());
        Assert.Empty(_answers.Asked);
    }

    [Fact]
    public async Task A_bulk_redelivery_is_read_again_after_each_interval_until_it_has_ended()
    {
        _answers.Next.Enqueue(Json(Job("RUNNING")));
        _answers.Next.Enqueue(Json(Job("COMPLETED")));

        await using var readings = _client.FollowAsync(Job("RUNNING"), Interval).GetAsyncEnumerator();

        Assert.Equal(RedeliveryJobStatus.Running, (await AfterAnIntervalAsync(readings)).Status);
        Assert.Equal(RedeliveryJobStatus.Completed, (await AfterAnIntervalAsync(readings)).Status);
        await AssertEndedAsync(readings);
        Assert.Equal(Enumerable.Repeat("http://intake.test/v1/redeliveries/rdj_1", 2), _answers.Asked);
    }

    [Fact]
    public async Task Who_stops_following_is_not_kept_waiting_for_the_interval()
    {
        using var stop = new CancellationTokenSource();
        await using var readings = _client.FollowAsync(View("QUEUED"), Interval, stop.Token).GetAsyncEnumerator();

        var next = readings.MoveNextAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.AsTask());
        Assert.Empty(_answers.Asked);
    }

    /// <summary>The next reading, which is not there a moment earlier.</summary>
    private async Task<T> AfterAnIntervalAsync<T>(IAsyncEnumerator<T> readings)
    {
        var asked = _answers.Asked.Count;
        var next = readings.MoveNextAsync();

        _time.Advance(Interval - TimeSpan.FromMilliseconds(1));
        Assert.False(next.IsCompleted);
        Assert.Equal(asked, _answers.Asked.Count);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await next);
        return readings.Current;
    }

    /// <summary>Without waiting for anything: the clock of this test stands still.</summary>
    private static async Task AssertEndedAsync<T>(IAsyncEnumerator<T> readings)
    {
        var next = readings.MoveNextAsync();

        Assert.True(next.IsCompleted, "It waits for another reading.");
        Assert.False(await next);
    }

    private NotificationView View(string status, bool retried = false) => new()
    {
        Id = NotificationExample.Id,
        Owner = "shop",
        Status = NotificationStatus.Of(status),
        Url = "https://example.com",
        Method = "POST",
        Attempts = 0,
        MaxAttempts = 10,
        Epoch = 0,
        Version = 1,
        CreatedAt = _time.GetUtcNow(),
        LastUpdatedAt = _time.GetUtcNow(),
        NextAttemptAt = retried ? _time.GetUtcNow() : null,
    };

    private BulkRedelivery Job(string status) => new()
    {
        Id = "rdj_1",
        Status = RedeliveryJobStatus.Of(status),
        RatePerSecond = 50,
        Counts = RedeliveryCounts.None,
        Progress = 0,
        CreatedAt = _time.GetUtcNow(),
    };

    private static string Json(NotificationView view) => System.Text.Json.JsonSerializer.Serialize(view, ClientJson.Default.NotificationView);

    private static string Json(BulkRedelivery job) => System.Text.Json.JsonSerializer.Serialize(job, ClientJson.Default.BulkRedelivery);

    /// <summary>A service that gives one answer after the other.</summary>
    private sealed class Answers : HttpMessageHandler
    {
        public Queue<string> Next { get; } = new();

        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.AbsoluteUri);

            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(Next.Dequeue(), Encoding.UTF8, "application/json"),
            });
        }
    }
}
