using Waybill.Receiver.Recording;

namespace Waybill.Receiver.Answers;

/// <summary>What happens to every request: read it, choose the answer, keep it, answer.</summary>
public sealed partial class Responder(RequestReader reader, Inbox inbox, AnswerWriter writer, Breakdown breakdown, ILogger<Responder> logger)
{
    /// <param name="context">The request.</param>
    /// <param name="choose">Reads the answer off the URL; faults go into the parameters.</param>
    public async Task<IResult> RespondAsync(HttpContext context, Func<Parameters, Answer> choose)
    {
        var received = await reader.ReadAsync(context.Request);
        var parameters = new Parameters(context.Request);
        var answer = breakdown.Instead(choose(parameters));
        var status = parameters.Errors.Count == 0 ? answer.Status : StatusCodes.Status400BadRequest;

        inbox.Add(received with { Status = status });
        Log.Received(logger, received.Method, received.Path, received.BodyLength, status);

        if (parameters.Errors.Count > 0)
        {
            return Results.ValidationProblem(
                parameters.Errors,
                type: "urn:waybill:problem:invalid-request",
                title: "The URL asks for an answer that the receiver cannot give.");
        }

        await writer.WriteAsync(context, answer);
        return Results.Empty;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Path} with {BodyLength} bytes: answering {Status}")]
        public static partial void Received(ILogger logger, string method, string path, long bodyLength, int status);
    }
}
