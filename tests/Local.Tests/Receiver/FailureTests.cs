namespace Waybill.Local.Tests.Receiver;

public sealed class FailureTests(RunningReceiver receiver) : IClassFixture<RunningReceiver>
{
    [Fact]
    public async Task A_key_fails_as_often_as_asked_for_and_then_succeeds()
    {
        Assert.Equal([503, 503, 200, 200], await StatusesAsync(4, "/fail/2/then-ok/one"));
        Assert.Equal([503, 200], await StatusesAsync(2, "/fail/1/then-ok/another"));
        Assert.Equal([200], await StatusesAsync(1, "/fail/0/then-ok/never"));
    }

    [Fact]
    public async Task The_failures_have_the_status_and_the_retry_after_that_the_url_asks_for()
    {
        const string url = "/hook/with-status?failTimes=1&status=429&retryAfter=7";
        using var failure = await receiver.Http.PostAsync(url, null);
        using var success = await receiver.Http.PostAsync(url, null);

        Assert.Equal(429, (int)failure.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), failure.Headers.RetryAfter?.Delta);
        Assert.Equal(200, (int)success.StatusCode);
        Assert.Null(success.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_hook_counts_failures_for_each_name_and_notification()
    {
        const string url = "/hook/counted?failTimes=1";

        Assert.Equal([503, 200], await StatusesAsync(2, url, "ntf_a"));
        Assert.Equal([503, 200], await StatusesAsync(2, url, "ntf_b"));
        Assert.Equal([503, 200], await StatusesAsync(2, "/hook/counted-too?failTimes=1", "ntf_a"));
    }

    [Fact]
    public async Task Simultaneous_requests_take_each_failure_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => receiver.Http.GetAsync("/fail/25/then-ok/race")));

        Assert.Equal(25, answers.Count(answer => (int)answer.StatusCode == 503));
    }

    private async Task<List<int>> StatusesAsync(int times, string url, string? webhookId = null)
    {
        var statuses = new List<int>();

        for (var i = 0; i < times; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url);
            request.Headers.TryAddWithoutValidation("webhook-id", webhookId);
            using var response = await receiver.Http.SendAsync(request);
            statuses.Add((int)response.StatusCode);
        }

        return statuses;
    }
}
