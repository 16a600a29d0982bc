namespace Waybill.Client.EntityFrameworkCore.Relay;

/// <summary>What became of a batch that was sent.</summary>
internal abstract record BatchAnswer
{
    private BatchAnswer()
    {
    }

    /// <summary>Waybill has answered for each row, in the order in which they were sent.</summary>
    public sealed record Judged(IReadOnlyList<RowOutcome> Rows) : BatchAnswer;

    /// <summary>None was taken as far as is known, and none is to blame.</summary>
    /// <param name="Reason">For people.</param>
    /// <param name="RetryAfter">What Waybill asks for.</param>
    /// <param name="MayBeOfRows">Whether something in the batch may be the cause, so that a smaller one is worth a try.</param>
    public sealed record Failed(string Reason, TimeSpan? RetryAfter, bool MayBeOfRows) : BatchAnswer;
}

/// <summary>What became of one row.</summary>
internal abstract record RowOutcome
{
    private RowOutcome()
    {
    }

    /// <param name="Id">Waybill's, of the notification or event.</param>
    public sealed record Accepted(string Id) : RowOutcome;

    /// <summary>For good: the same again would be answered with the same.</summary>
    public sealed record Refused(WaybillProblem Problem) : RowOutcome;

    /// <summary>Not just now.</summary>
    public sealed record Postponed(WaybillProblem Problem) : RowOutcome;
}
