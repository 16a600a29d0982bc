using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Waybill.LocalAws;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;

namespace Waybill.Infra.Tests.Cost;

/// <summary>
/// Rules out that docs/cost.md counts on other units than questions take, and than what is noted by time: the status service runs as a process, and the emulator says
/// what each call to the table costs. <c>bench questions</c> asks the same among a million.
/// </summary>
public sealed class QuestionUnitsTests : IAsyncLifetime
{
    private const string CorrelationId = "order-of-three";

    /// <summary>Where the time that is asked for lies on both sides of an hour's end.</summary>
    private const double OneHourMore = 1;

    private LocalBackends _backends = null!;
    private CapacityRelay _table = null!;
    private StatusServiceHost _status = null!;

    public async Task InitializeAsync()
    {
        _backends = await LocalBackends.StartAsync();
        await new Provisioner(_backends.DynamoDbClient, _backends.SqsClient).ProvisionAsync();
        _table = await CapacityRelay.StartAsync(_backends.DynamoDb.Endpoint);

        var environment = new Dictionary<string, string>(_backends.EnvironmentVariables) { ["AWS_ENDPOINT_URL_DYNAMODB"] = _table.Url.ToString() };
        _status = await StatusServiceHost.StartAsync(environment, ("Summary__KeepSeconds", "0"));
    }

    public async Task DisposeAsync()
    {
        await _status.DisposeAsync();
        await _table.DisposeAsync();
        await _backends.DisposeAsync();
    }

    [Fact]
    public async Task A_question_takes_the_units_that_the_document_says()
    {
        var document = CostTable.Questions();
        await StoreAsync(10, fails: true, correlationId: null);
        await StoreAsync(3, fails: false, CorrelationId);
        await StoreAsync(20, fails: false, correlationId: null);

        var failures = await UnitsAsync("/v1/notifications?status=FAILED&final=true", answer => answer["items"]!.AsArray().Count == 10);
        var correlated = await UnitsAsync($"/v1/notifications?correlationId={CorrelationId}", answer => answer["items"]!.AsArray().Count == 3);
        var overview = await UnitsAsync("/v1/summary", answer => (int)answer["byStatus"]!["failed"]! == 10);

        Assert.InRange(failures, document["ten failures of an hour"], document["ten failures of an hour"] + OneHourMore);
        Assert.Equal(document["three with a correlation id, by their owner"], correlated);

        // It has fewer counts to read than those of hours.
        Assert.InRange(overview, 1, document["overview of a day, of one owner"] + OneHourMore);
    }

    [Fact]
    public async Task What_is_noted_by_time_is_what_the_document_says_and_no_more_for_fifty_than_for_one()
    {
        var document = CostTable.Measured()["write request units of counts and partitions, for an owner's only notification of an hour"];

        await StoreAsync(1, fails: false, correlationId: null);
        await _status.Process.StopAsync();
        var ofOne = _table.Notes;

        await _status.Process.StartAsync();
        await StoreAsync(50, fails: false, correlationId: null);
        await _status.Process.StopAsync();
        var ofFifty = _table.Notes - ofOne;

        // A minute, an hour or five seconds may have ended in between.
        Assert.InRange(ofOne, document, 2 * document);
        Assert.InRange(ofFifty, 1, 2 * document);
    }

    /// <summary>The least of a few times: the status service looks for earlier releases each minute, which may be meanwhile.</summary>
    private async Task<double> UnitsAsync(string path, Func<JsonNode, bool> isRight)
    {
        var least = double.MaxValue;

        for (var times = 0; times < 3; times++)
        {
            var before = _table.AllReads;
            await Eventually.HoldsAsync(async () => isRight(await AskAsync(path)), path);
            least = Math.Min(least, _table.AllReads - before);
        }

        return least;
    }

    private async Task<JsonNode> AskAsync(string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _status.PublicUrl };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestKeys.Alice);
        return JsonNode.Parse(await http.GetStringAsync(path))!;
    }

    /// <summary>Delivered, or failed for good, at the first attempt.</summary>
    private Task StoreAsync(int count, bool fails, string? correlationId) => Task.WhenAll(Enumerable.Range(0, count).Select(async number =>
    {
        var id = NotificationId.New(DateTimeOffset.UtcNow);

        await _status.Client.AcceptAsync(Accept(id, correlationId), CancellationToken.None);
        await _status.Client.QueuedAsync(id, CancellationToken.None);
        var (claim, _) = await _status.Client.ClaimAsync(id, new ClaimRequest("test"), CancellationToken.None);
        await _status.Client.ResultAsync(id, new ResultRequest(claim!.Record.Lease!.Token, 0, Result(fails), RetryInSeconds: null), CancellationToken.None);
    }));

    private static AcceptRequest Accept(string id, string? correlationId) => new()
    {
        Id = id,
        Owner = "alice",
        Request = new NotificationRequest("POST", "https://receiver.example/hooks/orders", new Dictionary<string, string>(), "application/json", "{}"u8.ToArray()),
        Fingerprint = Convert.ToBase64String(new byte[32]),
        TimeoutSeconds = 15,
        CorrelationId = correlationId,
    };

    private static DeliveryResult Result(bool fails) => new()
    {
        Success = !fails,
        RetryEligible = false,
        Category = fails ? DeliveryCategory.ClientError : DeliveryCategory.Success,
        StatusCode = fails ? 404 : 200,
        ResponseTime = 12.5,
        ErrorDetails = fails ? new ErrorDetails("http_404", "The receiver answered 404.", DeliveryCategory.ClientError, null) : null,
        Timestamp = DateTimeOffset.UtcNow,
        Attempt = 1,
        SpanId = "b7ad6b7169203331",
    };
}
