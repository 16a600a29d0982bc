namespace Waybill.StatusService.Store.Table;

/// <summary>
/// The time that signatures bear: this machine's, corrected by what DynamoDB says it is once it has refused one for that. A signature is
/// good for some minutes only, and a clock that is off must not take the table away.
/// </summary>
internal sealed class SigningClock(TimeProvider time)
{
    /// <summary>Less is no reason to refuse a signature.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    private long _offset;

    public DateTimeOffset Now => time.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _offset));

    /// <param name="date">The answer's <c>Date</c>; null where it has none.</param>
    /// <returns>Whether it makes a difference to sign again.</returns>
    public bool Correct(string errorCode, DateTimeOffset? date)
    {
        if (date is not { } theirs || !CallerErrors.OfTime.Contains(errorCode) || (theirs - Now).Duration() < Tolerance)
        {
            return false;
        }

        Interlocked.Exchange(ref _offset, (theirs - time.GetUtcNow()).Ticks);
        return true;
    }
}
