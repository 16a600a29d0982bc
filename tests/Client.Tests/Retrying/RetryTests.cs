using System.Net;
using System.Net.Http.Headers;
using Waybill.Notifications.Records;

namespace Waybill.Client.Tests.Retrying;

/// <summary>Rules out that what passes reaches the caller, that a call is repeated which may do something twice, and that a service is asked before it wants to be.</summary>
public sealed class RetryTests : IDisposable
{
    private const string Stored = """{ "id": "ntf_1", "status": "QUEUED", "createdAt": "2026-11-30T12:00:00.000Z", "statusUrl": "http://status.test/v1/notifications/ntf_1" }""";

    private readonly Clients _waybill = new();

    private static NotificationDraft Draft => new() { Url = "http://example.com", PayloadText = "hello" };

    public void Dispose() => _waybill.Dispose();

    [Fact]
    public async Task A_submission_without_a_key_gets_one_that_all_of_its_attempts_have()
    {
        _waybill.Service.Refuse(HttpStatusCode.ServiceUnavailable, "table-unavailable", "ntf_1");
        _waybill.Service.Refuse(HttpStatusCode.TooManyRequests, "too-many-requests");
        _waybill.Service.Answer(HttpStatusCode.Accepted, Stored);
        _waybill.Service.Answer(HttpStatusCode.Accepted, Stored);

        var submitted = await _waybill.Client.SubmitAsync(Draft);
        await _waybill.Client.SubmitAsync(Draft);

        Assert.Equal("ntf_1", submitted.Id);
        Assert.Equal(4, _waybill.Service.Keys.Count);
        Assert.Single(_waybill.Service.Keys.Take(3).Distinct());
        Assert.Equal(7, Guid.Parse(_waybill.Service.Keys[0]!).Version);
        Assert.NotEqual(_waybill.Service.Keys[0], _waybill.Service.Keys[3]);
        Assert.Single(_waybill.Service.Bodies.Distinct());
        Assert.Equal(["503 table-unavailable", "429 too-many-requests"], _waybill.Notices.Select(notice => notice.Reason));
        Assert.Equal([("Submit", 1), ("Submit", 2)], _waybill.Notices.Select(notice => (notice.Operation, notice.Attempt)));
    }

    [Fact]
    public async Task A_key_of_the_callers_is_kept()
    {
        _waybill.Service.Refuse(HttpStatusCode.ServiceUnavailable, "table-unavailable", "ntf_1");
        _waybill.Service.Answer(HttpStatusCode.Accepted, Stored);

        await _waybill.Client.SubmitAsync(Draft, "mine");

        Assert.Equal(["mine", "mine"], _waybill.Service.Keys);
    }

    [Fact]
    public async Task Events_and_new_endpoints_have_keys_as_well()
    {
        _waybill.Service.Break(HttpRequestError.ResponseEnded);
        _waybill.Service.Answer(HttpStatusCode.Accepted, EventTests.Published);
        _waybill.Service.Break(HttpRequestError.ResponseEnded);
        _waybill.Service.Answer(HttpStatusCode.Created, Notifications.Endpoints.EndpointExample.WithSecret);

        await _waybill.Client.PublishAsync(new EventDraft { Type = "order.paid", Tenant = "shop" });
        await _waybill.Client.CreateEndpointAsync("shop", new EndpointDraft { Url = "https://example.com", Types = ["*"] });

        Assert.Equal(_waybill.Service.Keys[0], _waybill.Service.Keys[1]);
        Assert.Equal(_waybill.Service.Keys[2], _waybill.Service.Keys[3]);
        Assert.DoesNotContain(null, _waybill.Service.Keys);
    }

    [Fact]
    public async Task It_waits_as_long_as_the_service_asks_for_in_seconds()
    {
        _waybill.Service.Refuse(HttpStatusCode.ServiceUnavailable, "table-unavailable", retryAfter: new RetryConditionHeaderValue(TimeSpan.FromSeconds(7)));
        _waybill.Service.Answer(HttpStatusCode.Accepted, Stored);

        await _waybill.Client.SubmitAsync(Draft);

        Assert.InRange(Assert.Single(_waybill.Notices).Pause.TotalSeconds, 7, 7.7);
    }

    /// <summary>By the service's clock, which may be another than the caller's.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(3600)]
    public async Task It_waits_as_long_as_the_service_asks_for_by_a_date(int? secondsAhead)
    {
        DateTimeOffset? its = secondsAhead is { } ahead ? _waybill.Time.GetUtcNow().AddSeconds(ahead) : null;
        var until = new RetryConditionHeaderValue((its ?? _waybill.Time.GetUtcNow()).AddSeconds(9));
        _waybill.Service.Refuse(HttpStatusCode.TooManyRequests, "too-many-requests", retryAfter: until, date: its);
        _waybill.Service.Answer(HttpStatusCode.Accepted, Stored);

        await _waybill.Client.SubmitAsync(Draft);

        Assert.InRange(Assert.Single(_waybill.Notices).Pause.TotalSeconds, 9, 9.9);
    }

    [Fact]
    public async Task Pauses_grow_and_after_five_attempts_the_problem_is_the_callers()
    {
        foreach (var _ in Enumerable.Range(0, 6))
        {
            _waybill.Service.Refuse(HttpStatusCode.ServiceUnavailable, "table-unavailable");
        }

        var refused = await Assert.ThrowsAsync<WaybillUnavailableException>(() => _waybill.Client.SubmitAsync(Draft));

        Assert.Equal(5, _waybill.Service.Asked.Count);
        Assert.Equal("table-unavailable", refused.Problem.Name);
        Assert.Collection(
            _waybill.Notices.Select(notice => notice.Pause.TotalSeconds),
            pause => Assert.InRange(pause, 0.25, 0.5),
            pause => Assert.InRange(pause, 0.5, 1),
            pause => Assert.InRange(pause, 1, 2),
            pause => Assert.InRange(pause, 2, 4));
    }

    [Fact]
    public async Task What_asks_for_more_time_than_there_is_is_told_at_once()
    {
        _waybill.Service.Refuse(HttpStatusCode.ServiceUnavailable, "table-unavailable", retryAfter: new RetryConditionHeaderValue(TimeSpan.FromSeconds(31)));

        var refused = await Assert.ThrowsAsync<WaybillUnavailableException>(() => _waybill.Client.SubmitAsync(Draft));

        Assert.Equal(TimeSpan.FromSeconds(31), refused.RetryAfter);
        Assert.Single(_waybill.Service.Asked);
    }

    [Fact]
    public async Task The_total_wait_counts_from_the_first_call()
    {
        foreach (var _ in Enumerable.Range(0, 4))
        {
            _waybill.Service.Refuse(HttpStatusCode.ServiceUnavailable, "table-unavailable", retryAfter: new RetryConditionHeaderValue(TimeSpan.FromSeconds(12)));
        }

        await Assert.ThrowsAsync<WaybillUnavailableException>(() => _waybill.Client.SubmitAsync(Draft));

        Assert.Equal(3, _waybill.Service.Asked.Count);
    }

    [Fact]
    public async Task A_call_that_hangs_is_given_up_and_made_again()
    {
        _waybill.Service.Hang(() => _waybill.Time.Advance(TimeSpan.FromSeconds(20)));
        _waybill.Service.Answer(HttpStatusCode.Accepted, Stored);

        Assert.Equal("ntf_1", (await _waybill.Client.SubmitAsync(Draft)).Id);

        Assert.Equal("http://intake.test/v1/notifications gave no answer within 20 seconds.", Assert.Single(_waybill.Notices).Reason);
        Assert.Single(_waybill.Service.Keys.Distinct());
    }

    [Fact]
    public async Task Who_cancels_is_not_kept_waiting_by_a_pause()
    {
        using var stop = new CancellationTokenSource();
        using var http = new HttpClient(_waybill.Service, disposeHandler: false);
        var options = new WaybillClientOptions { IntakeUrl = new Uri("http://intake.test"), StatusUrl = new Uri("http://status.test"), ApiKey = "key" };
        var client = new WaybillClient(http, options, _waybill.Time) { Retrying = _ => stop.Cancel() };
        _waybill.Service.Refuse(HttpStatusCode.ServiceUnavailable, "table-unavailable");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SubmitAsync(Draft, cancellationToken: stop.Token));

        Assert.Single(_waybill.Service.Asked);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task What_is_read_is_read_again_also_when_something_between_answers(HttpStatusCode status)
    {
        _waybill.Service.Answer(status, "<p>Later", "text/html");
        _waybill.Service.Answer(HttpStatusCode.OK, NotificationExample.View);

        Assert.Equal(NotificationExample.Id, (await _waybill.Client.GetAsync("ntf_1")).Id);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "validation")]
    [InlineData(HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData(HttpStatusCode.InternalServerError, "internal-error")]
    [InlineData(HttpStatusCode.NotImplemented, "endpoints-not-set-up")]
    public async Task What_stays_as_it_is_is_not_asked_again(HttpStatusCode status, string name)
    {
        _waybill.Service.Refuse(status, name);

        await Assert.ThrowsAnyAsync<WaybillProblemException>(() => _waybill.Client.SubmitAsync(Draft));

        Assert.Single(_waybill.Service.Asked);
        Assert.Empty(_waybill.Notices);
    }

    [Theory]
    [InlineData(HttpRequestError.SecureConnectionError)]
    [InlineData(HttpRequestError.InvalidResponse)]
    public async Task What_is_wrong_about_a_connection_is_not_tried_again(HttpRequestError error)
    {
        _waybill.Service.Break(error);

        await Assert.ThrowsAsync<HttpRequestException>(() => _waybill.Client.GetAsync("ntf_1"));

        Assert.Single(_waybill.Service.Asked);
    }

    /// <summary>The first call may have done it, and a second would do it twice.</summary>
    [Fact]
    public async Task A_redelivery_of_which_nobody_knows_whether_it_was_begun_is_not_asked_for_again()
    {
        _waybill.Service.Refuse(HttpStatusCode.ServiceUnavailable, "table-unavailable", "ntf_1");
        await Assert.ThrowsAsync<WaybillUnavailableException>(() => _waybill.Client.RedeliverAsync("ntf_1"));

        _waybill.Service.Answer(HttpStatusCode.BadGateway, "<p>Later", "text/html");
        await Assert.ThrowsAsync<HttpRequestException>(() => _waybill.Client.RedeliverAsync("ntf_1"));

        _waybill.Service.Break(HttpRequestError.ResponseEnded);
        await Assert.ThrowsAsync<HttpRequestException>(() => _waybill.Client.RedeliverAsync("ntf_1"));

        _waybill.Service.Hang(() => _waybill.Time.Advance(TimeSpan.FromSeconds(20)));
        var late = await Assert.ThrowsAsync<HttpRequestException>(() => _waybill.Client.RedeliverAsync("ntf_1"));

        Assert.IsType<TimeoutException>(late.InnerException);
        Assert.Equal(4, _waybill.Service.Asked.Count);
        Assert.Empty(_waybill.Notices);
    }

    [Fact]
    public async Task A_redelivery_that_certainly_was_not_begun_is_asked_for_again()
    {
        _waybill.Service.Refuse(HttpStatusCode.ServiceUnavailable, "table-unavailable");
        _waybill.Service.Refuse(HttpStatusCode.TooManyRequests, "too-many-requests");
        _waybill.Service.Break(HttpRequestError.ConnectionError);
        _waybill.Service.Answer(HttpStatusCode.Accepted, Stored);

        Assert.Equal("ntf_1", (await _waybill.Client.RedeliverAsync("ntf_1")).Id);

        Assert.Equal(4, _waybill.Service.Asked.Count);
    }

    [Fact]
    public async Task A_single_attempt_is_a_single_attempt()
    {
        using var waybill = new Clients(options => options.MaxAttempts = 1);
        waybill.Service.Refuse(HttpStatusCode.ServiceUnavailable, "table-unavailable");

        await Assert.ThrowsAsync<WaybillUnavailableException>(() => waybill.Client.SubmitAsync(Draft));

        Assert.Single(waybill.Service.Asked);
    }
}
