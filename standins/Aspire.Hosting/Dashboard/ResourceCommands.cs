using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dashboard;

/// <summary>The buttons the dashboard shows for a resource with a process, by its state.</summary>
internal static class ResourceCommands
{
    private const int Enabled = 0;
    private const int Disabled = 1;
    private const int Hidden = 2;

    private const int FilledIcon = 1;

    public static void Add(ProtobufWriter resource, string? state)
    {
        var isStopped = state == KnownResourceStates.NotStarted || KnownResourceStates.TerminalStates.Contains(state);
        var isRunning = state == KnownResourceStates.Running;

        resource
            .Message(11, Command("start", "Start", "Play", isHighlighted: true, isStopped ? Enabled : Hidden))
            .Message(11, Command("stop", "Stop", "Stop", isHighlighted: true, isStopped ? Hidden : Enabled))
            .Message(11, Command("restart", "Restart", "ArrowCounterclockwise", isHighlighted: false, isRunning ? Enabled : Disabled));
    }

    private static ProtobufWriter Command(string name, string displayName, string icon, bool isHighlighted, int state) =>
        new ProtobufWriter()
            .Text(1, name)
            .Text(2, displayName)
            .Flag(5, isHighlighted)
            .Text(6, icon)
            .Number(7, FilledIcon)
            .Number(9, state);
}
