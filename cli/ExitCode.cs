namespace Waybill.Cli;

/// <summary>What scripts decide by.</summary>
internal static class ExitCode
{
    /// <summary>It was done; what was waited for ended SUCCESS.</summary>
    public const int Done = 0;

    /// <summary>It was done, and a notification that was waited for ended FAILED, or part of what was asked for was refused.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage, or Waybill refused the request: repeating it changes nothing.</summary>
    public const int Refused = 2;

    /// <summary>Waybill cannot be reached, or cannot do it just now: try again later.</summary>
    public const int Unavailable = 3;

    /// <summary>Ctrl+C, as shells count it.</summary>
    public const int Interrupted = 130;

    /// <summary>Whoever read standard output has read enough, such as <c>head</c>, as shells count it.</summary>
    public const int NobodyReads = 141;
}
