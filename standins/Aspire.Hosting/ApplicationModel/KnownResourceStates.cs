namespace Aspire.Hosting.ApplicationModel;

public static class KnownResourceStates
{
    public static readonly string NotStarted = "NotStarted";
    public static readonly string Waiting = "Waiting";
    public static readonly string Starting = "Starting";
    public static readonly string Running = "Running";
    public static readonly string Stopping = "Stopping";
    public static readonly string FailedToStart = "FailedToStart";

    /// <summary>The process has ended, whatever its exit code.</summary>
    public static readonly string Finished = "Finished";

    public static readonly string Exited = "Exited";

    /// <summary>A parameter for which configuration holds no value.</summary>
    public static readonly string ValueMissing = "ValueMissing";

    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}
