namespace Waybill.Receiving.Repeats;

/// <summary>Remembers what was handled, so that the handler of each webhook succeeds once. Registered once for the application, or for each request.</summary>
public interface IWebhookDeduplication
{
    /// <summary>
    /// Runs the handler unless it has succeeded with this key before. Of calls with the same key that come together, one runs it; the others wait, and one of them runs it should the
    /// first fail.
    /// </summary>
    /// <param name="handle">
    /// Runs the handler, at most once. Its result says whether it has succeeded. Nothing is answered yet: what is thrown after it, such as by a commit, makes the answer 500. What it throws
    /// itself is let pass, and is no success.
    /// </param>
    Task<WebhookTurn> RunOnceAsync(WebhookKey key, Func<Task<bool>> handle, CancellationToken cancellationToken);
}

/// <summary>What became of a call whose repeats are left out.</summary>
public enum WebhookTurn
{
    /// <summary>The handler was run, and its answer, good or bad, is the one to give.</summary>
    Run,

    /// <summary>It had succeeded before, which is on record: 204.</summary>
    Repeated,

    /// <summary>Another call is at it still, and whether it succeeds cannot be said: 503, so that it is tried again.</summary>
    Busy,
}
