using Microsoft.AspNetCore.Mvc;
using Waybill.Notifications.Signing;
using Waybill.Receiver.Answers;

namespace Waybill.Receiver.Recording;

/// <summary>What was received, for tests and for the page.</summary>
public static class InboxEndpoints
{
    public static void MapInbox(this IEndpointRouteBuilder app)
    {
        app.MapGet("/received", Get);
        app.MapDelete("/received", Clear);
    }

    /// <summary>Newest first. The filters compare whole values; several narrow each other. The count is of all that match.</summary>
    private static IResult Get(
        Inbox inbox,
        string? name,
        string? path,
        [FromQuery(Name = WebhookHeaders.Id)] string? webhookId,
        HttpRequest request)
    {
        var parameters = new Parameters(request);
        var limit = (int)parameters.Number("limit", Inbox.MostRequests, 0, Inbox.MostRequests, "requests");

        if (parameters.Errors.Count > 0)
        {
            return Results.ValidationProblem(parameters.Errors, type: "urn:waybill:problem:invalid-request");
        }

        var found = inbox.Find(received =>
            (name is null || received.Name == name) &&
            (path is null || received.Path == path) &&
            (webhookId is null || received.WebhookId == webhookId));

        return Results.Ok(new ReceivedList(found.Count, [.. found.Take(limit)]));
    }

    /// <summary>Forgets the requests and how often each key has failed.</summary>
    private static IResult Clear(Inbox inbox, FailureCounts counts)
    {
        inbox.Clear();
        counts.Clear();

        return Results.NoContent();
    }

    private sealed record ReceivedList(int Count, IReadOnlyList<ReceivedRequest> Items);
}
