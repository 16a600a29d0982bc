using Waybill.Notifications.StatusApi;

namespace Waybill.IntakeService.Dispatching;

/// <summary>
/// Has the status service see to what is due besides deliveries, beside a pass and one at a time. Whatever becomes of it, deliveries go on: a pass waits a second
/// for it at most, and what takes longer is asked about again by a later one.
/// </summary>
public sealed partial class UpkeepRound(StatusClient status, TimeProvider time, ILogger logger)
{
    private static readonly UpkeepResponse Nothing = new(0, More: false);

    /// <summary>From the beginning of one to that of the next, however many passes there are.</summary>
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Until a pass has what came of it.</summary>
    private Task<UpkeepResponse>? _running;
    private long? _begun;
    private bool _isMore;

    /// <summary>Begins one, unless one is under way or it is too soon.</summary>
    public void Begin(CancellationToken stopping)
    {
        if (_running is null && (_begun is not { } begun || time.GetElapsedTime(begun) >= AtMostEvery))
        {
            _begun = time.GetTimestamp();
            _running = RunAsync(stopping);
        }
    }

    /// <returns>What it has done; nothing where it is not done yet, or failed. More is due where the last one said so.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> was cancelled.</exception>
    public async Task<UpkeepResponse> EndAsync(CancellationToken stopping)
    {
        if (_running is null)
        {
            return Nothing with { More = _isMore };
        }

        try
        {
            var answer = await _running.WaitAsync(Patience, time, stopping);
            _running = null;
            return answer;
        }
        catch (TimeoutException)
        {
            return new UpkeepResponse(0, More: true);
        }
    }

    private async Task<UpkeepResponse> RunAsync(CancellationToken stopping)
    {
        try
        {
            var answer = await status.UpkeepAsync(stopping);
            _isMore = answer.More;
            return answer;
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            // Whatever it was, it is no matter of deliveries.
            Log.Failed(logger, exception.Message);
            _isMore = false;
            return Nothing;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What owners are to be told, and what is to be looked after, waits. {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
