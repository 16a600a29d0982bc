namespace Aspire.Hosting.Orchestration;

/// <summary>setsid(1) of util-linux or busybox: runs a program, with the same process id, in a session of its own.</summary>
internal static class SessionLauncher
{
    public static string Path { get; } =
        Programs.Find("setsid", workingDirectory: "/")
        ?? throw new DistributedApplicationException(
            "This stand-in for Aspire.Hosting needs the program setsid (Linux: package util-linux).");
}
