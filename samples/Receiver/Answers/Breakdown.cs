namespace Waybill.Receiver.Answers;

/// <summary>Makes every URL fail, as a receiver does that is down, until it is repaired; so that one can see what then happens.</summary>
public sealed class Breakdown
{
    private volatile int _status;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPut("/broken", Break);
        app.MapDelete("/broken", Repair);
    }

    /// <summary>The answer, unless everything fails just now.</summary>
    public Answer Instead(Answer answer) => _status == 0 ? answer : new Answer { Status = _status };

    private static IResult Break(Breakdown breakdown, HttpRequest request)
    {
        var parameters = new Parameters(request);
        var status = (int)parameters.Number("status", StatusCodes.Status503ServiceUnavailable, 400, 599, "an HTTP status code of a failure");

        if (parameters.Errors.Count > 0)
        {
            return Results.ValidationProblem(parameters.Errors, type: "urn:waybill:problem:invalid-request");
        }

        breakdown._status = status;
        return Results.NoContent();
    }

    private static IResult Repair(Breakdown breakdown)
    {
        breakdown._status = 0;
        return Results.NoContent();
    }
}
