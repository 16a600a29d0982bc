using System.Net;

namespace Waybill.TestSupport.Systems;

/// <summary>One request to intake. Its id is known beforehand, as it follows from the idempotency key.</summary>
/// <param name="Answered">Null: the connection broke before an answer came.</param>
/// <param name="Text">The answer's body.</param>
public sealed record Post(string Id, string IdempotencyKey, HttpStatusCode? Answered, string Text)
{
    public bool IsAccepted => Answered == HttpStatusCode.Accepted;
}
