namespace Waybill.Simulation.Processes;

/// <summary>How the receiver answers one call.</summary>
/// <param name="StatusCode">Null: the connection is reset.</param>
/// <param name="After">Longer than the attempt's deadline: it times out.</param>
internal sealed record Reply(int? StatusCode, TimeSpan After, int? RetryAfterSeconds)
{
    private static readonly int?[] Statuses = [200, 200, 204, 503, 503, 500, 500, 429, 400, 501, null, null];

    public bool IsSuccess => StatusCode is >= 200 and <= 299;

    public static Reply By(Random random, int timeoutSeconds)
    {
        var status = Statuses[random.Next(Statuses.Length)];

        var after = random.Next(4) switch
        {
            0 => TimeSpan.FromSeconds(timeoutSeconds * 1.2 * random.NextDouble()),
            1 => TimeSpan.FromSeconds(timeoutSeconds * 2),
            _ => TimeSpan.FromMilliseconds(1 + (50 * random.NextDouble())),
        };

        return new Reply(status, after, status is 429 or 503 && random.Next(3) == 0 ? random.Next(1, 6) : null);
    }
}
