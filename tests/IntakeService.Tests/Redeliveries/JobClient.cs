using System.Globalization;
using System.Text.Json;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Redeliveries;

/// <summary>Makes notifications fail at a host that no other test has, and redelivers them in bulk.</summary>
internal sealed class JobClient(IntakeSetup setup)
{
    private readonly IntakeClient _operator = setup.ClientWith(TestKeys.Operator);
    private readonly IntakeClient _alice = setup.ClientWith(TestKeys.Alice);

    public string Host { get; } = $"{Guid.NewGuid():N}.example.com";

    public IntakeClient Operator => _operator;

    public async Task<IReadOnlyList<string>> FailAsync(int count)
    {
        var ids = new List<string>();

        foreach (var together in Enumerable.Range(0, count).Chunk(10))
        {
            ids.AddRange(await Task.WhenAll(together.Select(_ => FailOneAsync())));
        }

        return ids;
    }

    /// <summary>Takes what was sent to a worker's end: a final failure.</summary>
    public async Task FailAgainAsync(string id)
    {
        var token = Guid.NewGuid().ToString("N");
        var (claim, current) = await Eventually.AnswersAsync(() => setup.Status.Client.ClaimAsync(id, new ClaimRequest("test", token), CancellationToken.None));
        Assert.True(claim is not null, $"Not claimed: {current}");

        var result = new ResultRequest(claim.Record.Lease!.Token, claim.Record.Epoch, Results.ClientError(claim.Record.NextAttemptNumber), RetryInSeconds: null);
        Assert.True((await Eventually.AnswersAsync(() => setup.Status.Client.ResultAsync(id, result, CancellationToken.None))).Applied);
    }

    /// <summary>The body of a job for what this client made fail; further fields follow.</summary>
    public string Body(string fields = "") =>
        $$"""{"from":"{{Text(DateTimeOffset.UtcNow.AddHours(-1))}}","to":"{{Text(DateTimeOffset.UtcNow)}}","status":"FAILED","host":"{{Host}}"{{fields}}}""";

    /// <summary>Starts a job, which must be taken.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> StartAsync(string fields = "")
    {
        var reply = await _operator.PostJsonAsync("/v1/redeliveries", Body(fields));
        Assert.True(reply.StatusCode == System.Net.HttpStatusCode.Accepted, reply.ToString());

        return reply.Id;
    }

    public Task<IntakeReply> GetAsync(string job) => _operator.GetAsync($"/v1/redeliveries/{job}");

    public Task<IntakeReply> BecomesAsync(string job, Func<IntakeReply, bool> expected) =>
        Eventually.BecomesAsync(() => GetAsync(job), reply => reply.StatusCode == System.Net.HttpStatusCode.OK && expected(reply));

    public static long Count(IntakeReply job, string name) => job.Json.GetProperty("counts").GetProperty(name).GetInt64();

    public async Task<IReadOnlyList<NotificationRecord>> RecordsAsync(IEnumerable<string> ids) => await Task.WhenAll(ids.Select(setup.RecordAsync));

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private async Task<string> FailOneAsync()
    {
        // Repeated, as by any client, where a part that has only just started does not answer yet.
        var reply = await _alice.AcceptedAsync(JsonSerializer.Serialize(new { url = $"http://{Host}/hook" }));

        await FailAgainAsync(reply.Id);
        return reply.Id;
    }
}
