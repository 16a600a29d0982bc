using Microsoft.Extensions.Options;
using Waybill.IntakeService.Submissions;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.IntakeService.Events;

/// <summary>What each outcome is in HTTP.</summary>
internal sealed class EventResults(IOptions<StatusLinkOptions> statusLinks)
{
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
        EventSubmissionOutcome.NoEndpoint => EndpointProblems.NotFound(),
        EventSubmissionOutcome.NotAccepted notAccepted => SubmissionResults.NotAccepted("event", notAccepted.Id, notAccepted.NothingWritten),
        EventSubmissionOutcome.Troubled troubled => SubmissionResults.Troubled(troubled.Id, troubled.Reason),
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no problem."),
    };
}
