namespace Waybill.Client.Retrying;

/// <summary>How often, and how long, one operation may be tried: all of its calls count together.</summary>
/// <param name="operation">The method of the client.</param>
internal sealed class Repetition(string operation, WaybillClientOptions options, TimeProvider time, Action<RetryNotice>? retrying)
{
    private const string Suffix = "Async";

    private readonly long _begun = time.GetTimestamp();
    private int _attempt = 1;

    public string Operation { get; } = operation.EndsWith(Suffix, StringComparison.Ordinal) ? operation[..^Suffix.Length] : operation;

    /// <summary>Waits until it may be tried again.</summary>
    /// <param name="retryAfter">What the service has asked for.</param>
    /// <returns>False, at once, when it may not: it was tried as often as it may be, or the pause would be too long.</returns>
    public async Task<bool> WaitAsync(TimeSpan? retryAfter, string reason, CancellationToken cancellationToken)
    {
        var pause = Backoff.After(_attempt, retryAfter, Random.Shared.NextDouble());

        if (_attempt >= options.MaxAttempts || time.GetElapsedTime(_begun) + pause > options.MaxTotalWait)
        {
            return false;
        }

        var over = Task.Delay(pause, time, cancellationToken);
        retrying?.Invoke(new RetryNotice(Operation, _attempt, reason, pause));
        _attempt++;
        await over;

        return true;
    }
}
