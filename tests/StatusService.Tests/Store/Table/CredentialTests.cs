using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Time.Testing;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Table;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Store.Table;

/// <summary>Rules out that credentials that end, or do not come, or a clock that is off, are answered as a defect instead of as an outage that passes.</summary>
public sealed class CredentialTests
{
    private const string Nothing = "{}";
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("ExpiredTokenException")]
    [InlineData("UnrecognizedClientException")]
    [InlineData("InvalidSignatureException")]
    [InlineData("MissingAuthenticationTokenException")]
    [InlineData("RequestExpired")]
    [InlineData("AccessDeniedException")]
    public async Task What_is_refused_for_who_asks_is_an_outage_in_which_nothing_was_written(string code)
    {
        await using var listener = await TableListener.StartAsync(400, Error(code));
        using var client = listener.CreateClient();

        var trouble = await Assert.ThrowsAsync<TableUnavailableException>(() => PutAsync(client));

        Assert.True(trouble.NothingWritten);
    }

    [Fact]
    public async Task What_the_table_refuses_for_what_is_asked_is_no_outage_and_is_not_tried_again()
    {
        await using var listener = await TableListener.StartAsync(400, Error("ValidationException"));
        using var client = listener.CreateClient();

        Assert.True(TableCalls.IsAboutTheItem(await Assert.ThrowsAsync<AmazonDynamoDBException>(() => PutAsync(client))));

        Assert.Single(listener.Calls);
    }

    [Theory]
    [InlineData("ExpiredTokenException")]
    [InlineData("UnrecognizedClientException")]
    [InlineData("InvalidSignatureException")]
    public async Task Credentials_that_are_not_taken_any_more_are_asked_for_again_and_the_call_is_made_with_the_new_ones(string code)
    {
        var source = new Rotating();
        await using var listener = await TableListener.StartAsync((call, _) => Task.FromResult<GivenAnswer?>(
            call.Authorization.Contains("Credential=key-2/", StringComparison.Ordinal) ? new(200, Nothing) : new(400, Error(code))));
        using var client = listener.CreateClient(credentials: source);

        await PutAsync(client);
        await PutAsync(client);

        Assert.Equal(["key-1", "key-2", "key-2"], listener.Calls.Select(call => call.Authorization.Split("Credential=")[1].Split('/')[0]));
    }

    [Fact]
    public async Task Credentials_that_do_not_come_are_waited_for_no_longer_than_for_an_answer()
    {
        var time = new FakeTimeProvider();
        await using var listener = await TableListener.StartAsync(200, Nothing);
        using var client = listener.CreateClient(TimeSpan.FromSeconds(2), time, new Silent());

        var get = client.GetItemAsync(new GetItemRequest { TableName = "t", Key = new() { [TableDefinition.PartitionKey] = new("a") }, ConsistentRead = true });
        await AdvanceUntilAsync(time, get);

        await Assert.ThrowsAsync<CredentialsUnavailableException>(() => get);
        Assert.Empty(listener.Calls);
    }

    [Fact]
    public async Task Whatever_a_source_of_credentials_throws_is_an_outage_in_which_nothing_was_written()
    {
        await using var listener = await TableListener.StartAsync(200, Nothing);
        using var client = listener.CreateClient(credentials: new Denied());

        var trouble = await Assert.ThrowsAsync<TableUnavailableException>(() => PutAsync(client));

        Assert.True(trouble.NothingWritten);
        Assert.Contains("AccessDenied", trouble.Message, StringComparison.Ordinal);
        Assert.Empty(listener.Calls);
    }

    [Fact]
    public async Task A_source_that_fails_later_takes_nothing_away_from_credentials_that_are_still_taken()
    {
        var time = new FakeTimeProvider();
        await using var listener = await TableListener.StartAsync(200, Nothing);
        using var client = listener.CreateClient(time: time, credentials: new Once());

        await PutAsync(client);
        time.Advance(TimeSpan.FromMinutes(1));
        await PutAsync(client);

        Assert.Equal(2, listener.Calls.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_is_off_by_an_hour_is_corrected_by_the_answer_and_stays_so(int sign)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(sign));
        await using var listener = await TableListener.StartAsync((call, _) => Task.FromResult<GivenAnswer?>(IsNow(call.Date)
            ? new(200, Nothing)
            : new(400, Error("InvalidSignatureException"))));
        using var client = listener.CreateClient(time: time);

        await PutAsync(client);
        await PutAsync(client);
        await client.QueryAsync(new QueryRequest { TableName = "t", KeyConditionExpression = "a = :b" });

        Assert.Equal(["PutItem", "PutItem", "PutItem", "Query"], listener.Operations);
        Assert.Equal([false, true, true, true], listener.Calls.Select(call => IsNow(call.Date)));
    }

    private static bool IsNow(string amzDate) =>
        (DateTimeOffset.ParseExact(amzDate, "yyyyMMdd'T'HHmmss'Z'", null, System.Globalization.DateTimeStyles.AssumeUniversal) - DateTimeOffset.UtcNow).Duration() < TimeSpan.FromMinutes(5);

    private static string Error(string code) => $$"""{"__type":"com.amazon.coral.service#{{code}}","message":"{{code}}, as a test has it."}""";

    private static Task<WriteResult> PutAsync(TableClient client) => new TableCalls(TimeProvider.System, new Random(1)).Call(
        "PutItem",
        token => client.PutItemAsync(new PutItemRequest { TableName = "t", Item = new() { [TableDefinition.PartitionKey] = new("a") } }, token),
        None);

    private static Task AdvanceUntilAsync(FakeTimeProvider time, Task task) => Eventually.BecomesAsync(
        () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(500));
            return Task.FromResult(task.IsCompleted);
        },
        completed => completed);

    /// <summary>Gives others each time they are asked for after they have been cleared.</summary>
    private sealed class Rotating : RefreshingAWSCredentials
    {
        private int _number;

        protected override CredentialsRefreshState GenerateNewCredentials() =>
            new(new ImmutableCredentials($"key-{Interlocked.Increment(ref _number)}", "secret", "token"), DateTime.UtcNow.AddHours(1));
    }

    private sealed class Silent : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials() => throw new NotSupportedException("It is asked asynchronously.");

        public override Task<ImmutableCredentials> GetCredentialsAsync() => new TaskCompletionSource<ImmutableCredentials>().Task;
    }

    private sealed class Denied : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials() =>
            throw new AmazonServiceException("AccessDenied by the token service", ErrorType.Sender, "AccessDenied", "id", System.Net.HttpStatusCode.Forbidden);
    }

    private sealed class Once : AWSCredentials
    {
        private int _asked;

        public override ImmutableCredentials GetCredentials() =>
            Interlocked.Increment(ref _asked) == 1 ? new ImmutableCredentials("key", "secret", null) : throw new AmazonClientException("Not now.");
    }
}
