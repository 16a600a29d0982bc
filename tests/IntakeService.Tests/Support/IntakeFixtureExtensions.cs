using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Support;

/// <summary>Brings notifications of Alice's into the states that steering starts from.</summary>
internal static class IntakeFixtureExtensions
{
    public static async Task<string> SubmittedAsync(this IntakeFixture intake, string fields = "") =>
        (await intake.Alice.SubmitAsync($$"""{"url":"http://127.0.0.1:9/hook"{{fields}}}""")).Id;

    public static Task<string> ScheduledAsync(this IntakeFixture intake) =>
        intake.SubmittedAsync($",\"deliverAt\":\"{DateTimeOffset.UtcNow.AddHours(1):O}\"");

    public static async Task<string> ClaimedAsync(this IntakeFixture intake)
    {
        var id = await intake.SubmittedAsync();
        await intake.ClaimAsync(id);
        return id;
    }

    /// <summary>FAILED, and its next attempt is an hour away.</summary>
    public static Task<string> AwaitingRetryAsync(this IntakeFixture intake) =>
        intake.ReportedAsync(lease => new ResultRequest(lease, 0, Results.ServerError(), RetryInSeconds: 3600));

    public static Task<string> SucceededAsync(this IntakeFixture intake) =>
        intake.ReportedAsync(lease => new ResultRequest(lease, 0, Results.Success(), RetryInSeconds: null));

    public static Task<string> FailedAsync(this IntakeFixture intake) =>
        intake.ReportedAsync(lease => new ResultRequest(lease, 0, Results.ClientError(), RetryInSeconds: null));

    private static async Task<string> ReportedAsync(this IntakeFixture intake, Func<string, ResultRequest> result)
    {
        var id = await intake.SubmittedAsync();
        var claim = await intake.ClaimAsync(id);
        var outcome = await intake.Setup.Status.Client.ResultAsync(id, result(claim.Record.Lease!.Token), CancellationToken.None);

        Assert.True(outcome.Applied);
        return id;
    }

    private static async Task<ClaimResponse> ClaimAsync(this IntakeFixture intake, string id)
    {
        var (claim, _) = await intake.Setup.Status.Client.ClaimAsync(id, new ClaimRequest("test"), CancellationToken.None);
        return claim!;
    }
}
