namespace Waybill.Client;

/// <summary>A call that has failed, and is made again after a pause.</summary>
/// <param name="Operation">The method of the client, without its Async.</param>
/// <param name="Attempt">The one that has failed, from 1.</param>
/// <param name="Reason">For people.</param>
/// <param name="Pause">Until the next.</param>
public sealed record RetryNotice(string Operation, int Attempt, string Reason, TimeSpan Pause);
