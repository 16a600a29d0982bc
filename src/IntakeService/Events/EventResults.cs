using Microsoft.Extensions.Options;
using Waybill.IntakeService.Endpoints;
using Waybill.IntakeService.Submissions;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.IntakeService.Events;

/// <summary>What each outcome is in HTTP.</summary>
internal sealed class EventResults(IOptions<StatusLinkOptions> statusLinks)
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(2);

    public IResult Of(EventSubmissionOutcome outcome, HttpResponse response)
    {
        if (outcome is not EventSubmissionOutcome.Accepted accepted)
        {
            return ProblemOf(outcome);
        }

        if (accepted.Replayed)
        {
            response.Headers[SubmissionResults.ReplayedHeader] = "true";
        }

        var answer = EventResponse.Of(accepted, statusLinks.Value.ForEvent(accepted.Id));
        return TypedResults.Accepted(answer.StatusUrl, answer);
    }

    /// <summary>What is told about an event that was not accepted.</summary>
    public static IResult ProblemOf(EventSubmissionOutcome outcome) => outcome switch
    {
        EventSubmissionOutcome.KeyReused => SubmissionResults.KeyReused(),
        EventSubmissionOutcome.NoEndpoint => EndpointOutcomes.NotFound(),
        EventSubmissionOutcome.NotAccepted { NothingWritten: true } =>
            Problem.Unavailable("table-unavailable", "The event was not stored: the table cannot be reached. Send it again.", TryAgainAfter),
        EventSubmissionOutcome.NotAccepted notAccepted => Problem.Unavailable(
            "table-unavailable",
            "It is not known whether the event was stored: the table did not answer. Sending it again is safe with the same Idempotency-Key.",
            TryAgainAfter,
            new Dictionary<string, object?> { ["id"] = notAccepted.Id }),
        EventSubmissionOutcome.Troubled troubled => SubmissionResults.Troubled(troubled.Id, troubled.Reason),
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no problem."),
    };
}
