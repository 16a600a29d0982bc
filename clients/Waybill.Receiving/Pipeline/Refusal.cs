using Microsoft.AspNetCore.Http;

namespace Waybill.Receiving.Pipeline;

/// <summary>Why a call does not reach the handler. The reason says what the caller knows already: nothing of keys, clocks or signatures.</summary>
internal sealed record Refusal(int StatusCode, string Reason)
{
    public static readonly Refusal TooLong = new(StatusCodes.Status413PayloadTooLarge, "The body is too long.");
    public static readonly Refusal Unreadable = new(StatusCodes.Status400BadRequest, "The body cannot be read to its end.");
    public static readonly Refusal TooOld = new(StatusCodes.Status401Unauthorized, "The timestamp is too old.");
    public static readonly Refusal TooNew = new(StatusCodes.Status401Unauthorized, "The timestamp is too new.");
    public static readonly Refusal WrongSignature = new(StatusCodes.Status401Unauthorized, "No signature is valid.");

    public static Refusal Malformed(string fault) => new(StatusCodes.Status400BadRequest, fault);

    /// <summary>As problem details.</summary>
    public Task WriteAsync(HttpContext context) => Results.Problem(statusCode: StatusCode, detail: Reason).ExecuteAsync(context);
}
