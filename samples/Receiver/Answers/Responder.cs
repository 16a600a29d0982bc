using Waybill.Receiver.Recording;
using Waybill.Receiver.Verification;

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
        var refused = answer.Verify && received.Signature != SignatureState.Verified;
        var status = StatusOf(parameters, refused, answer);

        inbox.Add(received with { Status = status });
        Log.Received(logger, received.Method, received.Path, received.BodyLength, received.Signature, status);

        if (parameters.Errors.Count > 0)
        {
            return Results.ValidationProblem(
                parameters.Errors,
                type: "urn:waybill:problem:invalid-request",
                title: "The URL asks for an answer that the receiver cannot give.");
        }

        if (refused)
        {
            return Refusal.Of(received.Signature);
        }

        await writer.WriteAsync(context, answer);
        return Results.Empty;
    }

    private static int StatusOf(Parameters parameters, bool refused, Answer answer) =>
        parameters.Errors.Count > 0 ? StatusCodes.Status400BadRequest
        : refused ? StatusCodes.Status401Unauthorized
        : answer.Status;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Path} with {BodyLength} bytes, signature {Signature}: answering {Status}")]
        public static partial void Received(
            ILogger logger, string method, string path, long bodyLength, SignatureState? signature, int status);
    }
}
