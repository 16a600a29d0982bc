namespace Waybill.Receiver.Answers;

/// <summary>How one request is answered.</summary>
public sealed record Answer
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Waited before the first byte of the answer.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Over how long the body is sent, a bit at a time. Zero: at once.</summary>
    public TimeSpan Drip { get; init; }

    /// <summary>Bytes in the body. Null: a few words.</summary>
    public long? Size { get; init; }

    public string ContentType { get; init; } = "text/plain";

    /// <summary>Sent as the header Retry-After, whatever it says, so that a sender can be tried with nonsense too.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Answer 401 instead unless the request's signature is verified.</summary>
    public bool Verify { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
