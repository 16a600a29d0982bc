using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.LocalAws;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Tests.Store.Table;

/// <summary>Rules out that trouble of the table passes for an answer, is not tried again, or is tried again although it was an answer.</summary>
public sealed class CallErrorTests
{
    private const int Tries = 3;
    private const string Types = "com.amazonaws.dynamodb.v20120810#";
    private const string Html = "<html><body><h1>503 Service Unavailable</h1></body></html>";
    private const string Conflict = $$"""{"__type":"{{Types}}ConditionalCheckFailedException","message":"The conditional request failed"}""";

    [Theory]
    [InlineData(400, $$"""{"__type":"{{Types}}ProvisionedThroughputExceededException","message":"slow down"}""", true)]
    [InlineData(400, $$"""{"__type":"{{Types}}RequestLimitExceeded","message":"slow down"}""", true)]
    [InlineData(400, """{"__type":"com.amazon.coral.availability#ThrottlingException","message":"slow down"}""", true)]
    [InlineData(400, """{"__type":"ThrottlingException","Message":"slow down"}""", true)]
    [InlineData(429, "", true)]
    [InlineData(400, $$"""{"__type":"{{Types}}ResourceNotFoundException","message":"no table"}""", true)]
    [InlineData(500, $$"""{"__type":"{{Types}}InternalServerError","message":"sorry"}""", false)]
    [InlineData(500, """{"__type":"SomethingNew","detail":{"message":"sorry","list":[1,{}]}}""", false)]
    [InlineData(500, "", false)]
    [InlineData(502, "null", false)]
    [InlineData(502, "[1, 2]", false)]
    [InlineData(503, Html, false)]
    [InlineData(503, """{"__type":null,"message":null}""", false)]
    [InlineData(503, """{"__type":5,"message":{"text":"sorry"}}""", false)]
    [InlineData(503, """{"message":"cut o""", false)]
    [InlineData(200, Html, false)]
    [InlineData(200, "", false)]
    [InlineData(200, """{"Attributes":{"pk":{"S":5}}}""", false)]
    public async Task An_answer_that_is_trouble_is_asked_for_again_and_then_says_whether_nothing_was_written(int status, string body, bool nothingWritten)
    {
        await using var listener = await TableListener.StartAsync(status, body);
        using var client = listener.CreateClient();

        var trouble = await Assert.ThrowsAsync<TableUnavailableException>(() => PutAsync(client));

        Assert.Equal(nothingWritten, trouble.NothingWritten);
        Assert.Equal(Enumerable.Repeat("PutItem", Tries), listener.Operations);
    }

    [Theory]
    [InlineData(400, """{"__type":"com.amazon.coral.validate#ValidationException","message":"no such attribute"}""", "ValidationException", "no such attribute")]
    [InlineData(400, """{"__type":"SomethingNewException","Message":"who knows"}""", "SomethingNewException", "who knows")]
    [InlineData(403, "<html>Forbidden</html>", "", "403 Forbidden")]
    public async Task Another_refusal_is_the_callers_at_once_with_what_was_said(int status, string body, string code, string message)
    {
        await using var listener = await TableListener.StartAsync(status, body);
        using var client = listener.CreateClient();

        var refusal = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => PutAsync(client));

        Assert.Equal((code, message, (HttpStatusCode)status), (refusal.ErrorCode, refusal.Message, refusal.StatusCode));
        Assert.Single(listener.Calls);
    }

    [Theory]
    [InlineData(400, "ProvisionedThroughputExceededException")]
    [InlineData(400, "RequestLimitExceeded")]
    [InlineData(400, "ResourceNotFoundException")]
    [InlineData(400, "ValidationException")]
    [InlineData(400, "SomethingNewException")]
    [InlineData(500, "InternalServerError")]
    public async Task An_error_has_the_code_the_status_and_the_message_that_the_SDK_gives_it(int status, string code)
    {
        await using var listener = await TableListener.StartAsync(status, $$"""{"__type":"{{Types}}{{code}}","message":"so it is"}""");
        using var client = listener.CreateClient();
        using var sdk = listener.CreateSdkClient();
        var put = new PutItemRequest { TableName = "notifications", Item = new() { ["pk"] = new("id"), ["sk"] = new("state") } };

        var ours = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() => client.PutItemAsync(put));
        var theirs = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() => sdk.PutItemAsync(put));

        Assert.Equal((theirs.ErrorCode, theirs.StatusCode, theirs.Message, theirs.ErrorType), (ours.ErrorCode, ours.StatusCode, ours.Message, ours.ErrorType));

        // Others TableCalls knows by their code and status.
        Assert.True(ours.GetType() == theirs.GetType() || code == "InternalServerError", $"{theirs.GetType()} {ours.GetType()}");
    }

    [Fact]
    public async Task A_failed_condition_is_an_answer_and_is_not_asked_for_again()
    {
        await using var listener = await TableListener.StartAsync(400, Conflict);
        using var client = listener.CreateClient();

        var answer = await PutAsync(client);

        Assert.Equal(new WriteResult(false, null), answer);
        Assert.Single(listener.Calls);
    }

    [Fact]
    public async Task Without_an_answer_in_time_it_is_unknown_whether_something_was_written()
    {
        await using var listener = await TableListener.StartAsync(NeverAsync);
        using var client = listener.CreateClient(TimeSpan.FromMilliseconds(200));

        var trouble = await Assert.ThrowsAsync<TableUnavailableException>(() => PutAsync(client));

        Assert.False(trouble.NothingWritten);
        Assert.Equal(Tries, listener.Calls.Count);
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_no_further_try()
    {
        using var gaveUp = new CancellationTokenSource();
        await using var listener = await TableListener.StartAsync((call, aborted) =>
        {
            gaveUp.Cancel();
            return NeverAsync(call, aborted);
        });
        using var client = listener.CreateClient();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PutAsync(client, gaveUp.Token));

        Assert.Single(listener.Calls);
    }

    [Fact]
    public async Task A_connection_that_is_cut_leaves_it_unknown_whether_something_was_written()
    {
        await using var listener = await TableListener.StartAsync((_, _) => Task.FromResult<GivenAnswer?>(null));
        using var client = listener.CreateClient();

        var trouble = await Assert.ThrowsAsync<TableUnavailableException>(() => PutAsync(client));

        Assert.False(trouble.NothingWritten);
    }

    [Fact]
    public async Task Nothing_is_written_where_nobody_listens()
    {
        using var client = new TableClient(TableListener.Config(new Uri($"http://127.0.0.1:{LoopbackPort.Pick()}")), TimeProvider.System);

        var trouble = await Assert.ThrowsAsync<TableUnavailableException>(() => PutAsync(client));

        Assert.True(trouble.NothingWritten, trouble.ToString());
    }

    private static Task<WriteResult> PutAsync(TableClient client, CancellationToken cancellationToken = default)
    {
        var put = new PutItemRequest { TableName = "notifications", Item = new() { ["pk"] = new("id"), ["sk"] = new("state") } };

        return new TableCalls(TimeProvider.System, new Random(1)).PutAsync(client, put, cancellationToken);
    }

    private static async Task<GivenAnswer?> NeverAsync(HeardCall call, CancellationToken aborted)
    {
        var ended = new TaskCompletionSource<GivenAnswer?>();
        await using var registration = aborted.Register(() => ended.TrySetResult(null));
        return await ended.Task;
    }
}
