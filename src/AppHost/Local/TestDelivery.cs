using System.Text.Json;
using Waybill.Client;
using Waybill.Notifications.Records;

namespace Waybill.AppHost.Local;

/// <summary>What became of one notification that was sent to see whether all parts work together.</summary>
/// <param name="Id">Null where it was not accepted.</param>
/// <param name="Record">As it ended; null where it did not end.</param>
/// <param name="Trouble">Why there is no end to tell of; null where there is one.</param>
internal sealed record TestOutcome(string? Id, NotificationView? Record, string? Trouble)
{
    public bool Delivered => Record?.Status == NotificationStatus.Success;
}

/// <summary>Delivers one notification with a single attempt, the way a client would, and waits for its end.</summary>
internal static class TestDelivery
{
    /// <summary>A whole attempt may take 15 s, the default of <c>timeoutSeconds</c>.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private static readonly JsonElement Payload = JsonElement.Parse("""{ "hello": "from the AppHost of Waybill" }""");

    /// <param name="client">Of the Waybill that is to be tried.</param>
    /// <param name="url">Where to; what is no URL is refused by intake, and told.</param>
    /// <returns>Trouble is told, not thrown.</returns>
    public static async Task<TestOutcome> MakeAsync(WaybillClient client, string url, CancellationToken cancellationToken)
    {
        string? id = null;

        try
        {
            var draft = new NotificationDraft { Url = url, Payload = Payload, RetrySchedule = [] };
            id = (await client.SubmitAsync(draft, cancellationToken: cancellationToken)).Id;
            var first = await client.GetAsync(id, cancellationToken);
            var last = await client.FollowAsync(first, Interval, cancellationToken).LastWithinAsync(Deadline, first);

            return last.IsFinal ? new TestOutcome(id, last, null) : new TestOutcome(id, null, $"was not delivered within {Deadline.TotalSeconds:0} s");
        }
        catch (WaybillProblemException refused)
        {
            return new TestOutcome(id, null, $"was refused: {refused.Problem}");
        }
        catch (Exception problem) when (problem is HttpRequestException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new TestOutcome(id, null, $"failed: {problem.Message}");
        }
    }
}
