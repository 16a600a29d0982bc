namespace Waybill.Receiver.Answers;

/// <summary>What a URL may ask for: enough for any test, too little to harm the machine.</summary>
public static class Limits
{
    /// <summary>Ten minutes, for each delay and drip.</summary>
    public const long LongestMilliseconds = 600_000;

    /// <summary>100 MiB of answer.</summary>
    public const long MostBytes = 104_857_600;

    public const long MostFailures = 1_000;

    public const int LongestHeaderValue = 500;

    public static readonly IReadOnlySet<string> RefusedHeaders = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Transfer-Encoding", "Upgrade",
    };
}
